import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PatternCase } from '../../../core/patterns/pattern-case.ts'
import { findPatterns, trendOf } from '../../../core/patterns/patterns.ts'
import { DAY_MS } from '../../../core/units.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { THEMES } from '../../zendesk/history/themes.ts'
import { say } from '../../zendesk/history/words.ts'
import { NINE } from '../escalation/facts.ts'
import { aCase } from './a-case.ts'

/** As the people of the generated history write about a dozen causes, each in several ways. */
function written(count: number, random: Random): { one: PatternCase; theme: string }[] {
  return Array.from({ length: count }, (_, number) => {
    const theme = random.pick(THEMES)
    const code = random.chance(0.8) ? theme.code : 'workaround'
    const said = { summary: say(theme.subjects, random), rootCause: say(theme.rootCauses, random) }
    const one = aCase(number, number / 10, { ...said, fix: say(theme.fixes, random), code, component: theme.component })
    return { one, theme: theme.id }
  })
}

describe('patterns', () => {
  it('put together what has the same cause, and nothing else: a dozen causes in 500 escalations', () => {
    const cases = written(500, createRandom(3))
    const themeOf = new Map(cases.map(({ one, theme }) => [one.escalationId, theme]))
    const patterns = findPatterns(cases.map(({ one }) => one))
    const themes = patterns.map(
      (pattern) => new Set(pattern.cases.map(({ escalationId }) => themeOf.get(escalationId))),
    )
    expect(themes.every(({ size }) => size === 1)).toBe(true)
    // One cause may be told in two ways that have no word in common: of the pairs that belong together, most are.
    const pairs = (sizes: number[]) => sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
    const found = pairs(patterns.map((pattern) => pattern.cases.length))
    const all = pairs([...Map.groupBy(cases, ({ theme }) => theme).values()].map(({ length }) => length))
    expect(found / all).toBeGreaterThan(0.85)
  })

  it('are the same in whatever order the escalations come', () => {
    const cases = written(60, createRandom(5)).map(({ one }) => one)
    const told = (some: PatternCase[]) =>
      findPatterns(some, 1).map(({ id, name, cases: within }) => [id, name, within.map((one) => one.escalationId)])
    const usual = told(cases)
    fc.assert(
      fc.property(fc.shuffledSubarray(cases, { minLength: cases.length }), (shuffled) => {
        expect(told(shuffled)).toEqual(usual)
      }),
      { numRuns: 20 },
    )
  })

  it('are named by their typical words, and say how they ended and by which articles', () => {
    const url = 'https://northwind.zendesk.com/hc/en-us/articles/77-Renew'
    const cases = [
      aCase(1, 0),
      aCase(2, 1, { rootCause: 'Identity provider certificate expired', articleUrl: url }),
      aCase(3, 2, { code: 'how_to', articleUrl: 'https://northwind.zendesk.com/hc/de/articles/77' }),
      aCase(4, 3, {
        component: 'billing',
        rootCause: 'Two subscriptions for the same seats',
        summary: 'Charged twice',
      }),
    ]
    const [pattern, ...others] = findPatterns(cases)
    expect(others).toEqual([])
    expect(pattern).toMatchObject({
      ...{ id: 'ESC-2026-000001', component: 'sso', name: expect.stringMatching(/certificate/) },
      outcomes: [
        { code: 'configuration', count: 2 },
        { code: 'how_to', count: 1 },
      ],
      articles: [{ key: '77', url, count: 2 }],
    })
  })

  it('are one where the same article solves them, in whatever words', () => {
    const articleUrl = 'https://northwind.example/hc/articles/large-uploads'
    const said = (words: string) => ({ articleUrl, component: 'storage', summary: words, rootCause: words, fix: words })
    const [gateway, proxy] = [said('Gateway of the region stops bodies'), said('Proxy was never raised with plan')]
    const cases = [1, 2, 3, 4, 5, 6].map((number) => aCase(number, number, number % 2 ? gateway : proxy))
    expect(findPatterns(cases)).toHaveLength(1)
  })

  it('of different components are apart, whatever they say', () => {
    expect(findPatterns([aCase(1, 0), aCase(2, 1, { component: 'api' }), aCase(3, 2)], 1)).toHaveLength(2)
  })

  it('say whether they come more often than before, once that is sure', () => {
    const at = (days: number[]) => days.map((day, number) => aCase(number, day))
    const now = NINE + 112 * DAY_MS
    const weekly = Array.from({ length: 16 }, (_, week) => week * 7 + 2)
    expect(trendOf(at(weekly), now)).toEqual({ recent: 8, before: 8, direction: 'unclear' })
    const late = Array.from({ length: 16 }, (_, turn) => 70 + turn)
    expect(trendOf(at(late), now)).toEqual({ recent: 16, before: 0, direction: 'up' })
  })
})
