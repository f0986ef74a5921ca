import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSimilarIndex, type SimilarIndex } from '../../../core/similar/index.ts'
import { termsOf } from '../../../core/similar/weigh.ts'

const WORDS = ['sso', 'saml', 'login', 'timeout', 'export', 'csv', 'empty', 'invoice', 'tax', 'rounding']
const aText = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
const documents = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 40 }).map((id) => `ESC-${id}`), text: aText }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 15 },
)

function indexOf(all: readonly { id: string; text: string }[]): SimilarIndex {
  const index = createSimilarIndex()
  for (const { id, text } of all) index.add(id, termsOf({ summary: text }))
  return index
}

function ask(index: SimilarIndex, text: string) {
  return index.search(termsOf({ summary: text }), { limit: 20 })
}

describe('an index', () => {
  const index = indexOf([
    { id: 'ESC-1', text: 'SAML login fails after the certificate was renewed' },
    { id: 'ESC-2', text: 'CSV export is empty' },
    { id: 'ESC-3', text: 'Login page does not load' },
    { id: 'ESC-4', text: 'Invoice rounding of tax' },
  ])

  it('puts what shares more and rarer words first', () => {
    expect(ask(index, 'Logins with SAML failing').map(({ id }) => id)).toEqual(['ESC-1', 'ESC-3'])
  })

  it('finds itself as the same', () => {
    expect(ask(index, 'CSV export is empty')[0]).toEqual({ id: 'ESC-2', score: expect.closeTo(1, 6) })
  })

  it('finds nothing for words nobody wrote, and none for no words', () => {
    expect(ask(index, 'kubernetes')).toEqual([])
    expect(ask(index, '')).toEqual([])
  })

  it('leaves out what is not wanted, and no more than asked for', () => {
    const terms = termsOf({ summary: 'login' })
    expect(index.search(terms, { limit: 5, except: (id) => id === 'ESC-1' }).map(({ id }) => id)).toEqual(['ESC-3'])
    expect(index.search(terms, { limit: 1 })).toHaveLength(1)
  })

  it('tells what is like one that is in it, without itself', () => {
    expect(index.similarTo('ESC-1', { limit: 3 }).map(({ id }) => id)).toEqual(['ESC-3'])
    expect(index.similarTo('ESC-9', { limit: 3 })).toEqual([])
  })

  it('replaces a document that is added again', () => {
    const changed = indexOf([
      { id: 'ESC-1', text: 'login' },
      { id: 'ESC-1', text: 'invoice' },
    ])
    expect(ask(changed, 'login')).toEqual([])
    expect(changed.size()).toBe(1)
  })
})

describe('an index of any documents', () => {
  it('does not depend on the order they came in', () => {
    fc.assert(
      fc.property(documents, aText, (all, text) => {
        expect(ask(indexOf(all.toReversed()), text)).toEqual(ask(indexOf(all), text))
        const { id } = all[0]!
        const of = (index: SimilarIndex) => index.similarTo(id, { limit: 20 })
        expect(of(indexOf(all.toReversed()))).toEqual(of(indexOf(all)))
      }),
    )
  })

  it('is after a removal as if that had never been there', () => {
    fc.assert(
      fc.property(documents, documents, aText, (kept, passing, text) => {
        const ids = new Set(kept.map(({ id }) => id))
        const others = passing.filter(({ id }) => !ids.has(id))
        const index = indexOf([...others, ...kept])
        for (const { id } of others) index.remove(id)
        expect(ask(index, text)).toEqual(ask(indexOf(kept), text))
        expect(index.bytes()).toBeLessThanOrEqual(indexOf([...others, ...kept]).bytes())
      }),
    )
  })

  it('scores from 0 to 1, the best first', () => {
    fc.assert(
      fc.property(documents, aText, (all, text) => {
        const scores = ask(indexOf(all), text).map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
        for (const score of scores) expect(score).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })
})
