import { describe, expect, it } from 'vitest'
import { classifierOf, learnToClassify } from '../../../core/similar/classify.ts'
import { type Neighbour, suggest } from '../../../core/similar/suggest.ts'

const EXAMPLES = Array.from({ length: 12 }, (_, at) => [
  { text: `SAML login rejected for user number ${at % 3}`, label: 'sso' },
  { text: `Invoice shows the wrong tax for order ${at % 3}`, label: 'billing' },
  { text: `Export of report ${at % 3} hangs`, label: 'reports' },
]).flat()

function neighbours(...values: (string | null)[]): Neighbour[] {
  return values.map((value, at) => ({ id: `ESC-${at + 1}`, score: 0.5, value }))
}

describe('a classifier', () => {
  it('learns labels from words', () => {
    const { classify } = classifierOf(EXAMPLES)
    expect(classify('login with SAML')[0]).toMatchObject({ label: 'sso' })
    expect(classify('tax on an invoice')[0]).toMatchObject({ label: 'billing' })
  })

  it('gives probabilities that add up to one', () => {
    const sum = classifierOf(EXAMPLES)
      .classify('report')
      .reduce((total, { probability }) => total + probability, 0)
    expect(sum).toBeCloseTo(1, 6)
  })

  it('is the same each time it learns from the same', () => {
    const text = 'export of an invoice'
    expect(classifierOf(EXAMPLES).classify(text)).toEqual(classifierOf(EXAMPLES).classify(text))
  })

  it('pauses while it learns', () => {
    const learning = learnToClassify(EXAMPLES)
    let pauses = 0
    while (!learning.next().done) pauses++
    expect(pauses).toBeGreaterThanOrEqual(10)
  })

  it('knows nothing without examples', () => {
    expect(classifierOf([]).classify('anything')).toEqual([])
  })
})

describe('suggest', () => {
  it.each([
    ['seven of eight that are alike', neighbours(...Array(7).fill('sso'), 'billing'), 'sso', true],
    ['half of them', neighbours('sso', 'sso', 'billing', 'billing'), 'billing', false],
    ['three alone', neighbours('sso', 'sso', 'sso'), 'sso', false],
    ['five of which one said nothing', neighbours('sso', null, 'sso', 'sso', 'sso'), 'sso', true],
  ])('is as sure as %s make it', (_, near, value, isSure) => {
    expect(suggest('component', near, null)).toMatchObject({ value, isSure })
  })

  it('says nothing where nobody has', () => {
    expect(suggest('component', [], null)).toBeNull()
    expect(suggest('component', neighbours(null, null), [])).toBeNull()
  })

  it('is not sure of what was learnt but no past one bears out', () => {
    const classified = [{ label: 'sso', probability: 0.97 }]
    expect(suggest('component', neighbours('billing', 'billing'), classified)).toMatchObject({ isSure: false })
    expect(suggest('component', neighbours('sso', 'billing', 'sso'), classified)).toEqual({
      ...{ field: 'component', value: 'sso', confidence: 0.97, isSure: true },
      ...{ agreeing: ['ESC-1', 'ESC-3'], looked: 3 },
    })
  })

  it('asks none that are hardly alike', () => {
    const far = neighbours('sso', 'sso', 'sso', 'sso').map((one) => ({ ...one, score: 0.05 }))
    expect(suggest('component', far, null)).toBeNull()
  })
})
