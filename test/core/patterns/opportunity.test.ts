import { describe, expect, it } from 'vitest'
import { auditSample } from '../../../core/patterns/audit-sample.ts'
import { deflectableOf } from '../../../core/patterns/deflectable.ts'
import { addUp, type KnownArticle, opportunityOf, resolvableLower } from '../../../core/patterns/opportunity.ts'
import { findPatterns } from '../../../core/patterns/patterns.ts'
import { compareRates } from '../../../core/patterns/rate-change.ts'
import { DAY_MS, HOUR_MS } from '../../../core/units.ts'
import { NINE } from '../escalation/facts.ts'
import { aCase } from './a-case.ts'

const at = (day: number) => NINE + day * DAY_MS
const URL = 'https://northwind.zendesk.com/hc/en-us/articles/77'
const article = (publishedAt: number | null): KnownArticle => ({ key: '77', url: URL, title: 'Renew', publishedAt })
const nothing = { articles: new Map(), drafted: new Map(), stops: [], workedMs: new Map() }
const worked = (hours: number[]) =>
  new Map(hours.map((one, index) => [`ESC-2026-${String(index + 1).padStart(6, '0')}`, one * HOUR_MS]))

describe('resolvable lower', () => {
  it.each([
    ['marked so', true, 'fixed_in_code', true],
    ['marked otherwise, whatever the code says', false, 'how_to', false],
    ['unmarked, by its code', null, 'known_issue', true],
    ['unmarked, of another code: nobody knows', null, 'workaround', null],
  ] as const)('is what was %s', (_, couldBeLower, code, lower) => {
    expect(resolvableLower({ couldBeLower, code })).toBe(lower)
  })
})

describe('the opportunity of a pattern', () => {
  const marks = [true, true, true, false, null]
  const [pattern] = findPatterns(
    marks.map((couldBeLower, index) => aCase(index + 1, index * 7, { couldBeLower, code: 'workaround' })),
  )

  it('is count × median hours × share resolvable lower, with Wilson’s interval', () => {
    const around = { ...nothing, from: at(-1), to: at(60), workedMs: worked([2, 4, 6, 8]) }
    const one = opportunityOf(pattern!, around)
    expect(one).toMatchObject({ count: 5, medianHours: 4, unknown: 1, isUncaptured: true, coveredBy: null })
    expect(one.lower).toMatchObject({ count: 3, of: 4 })
    // 5 × 4 h × 3/4; Wilson of 3 of 4 is 0.301 to 0.954.
    expect(one.hours!.value).toBeCloseTo(15)
    expect(one.hours!.low).toBeCloseTo(20 * 0.3006, 1)
    expect(one.hours!.high).toBeCloseTo(20 * 0.9544, 1)
  })

  it('counts what was resolved in the window alone, and is unknown where nobody said anything', () => {
    const last = opportunityOf(pattern!, { ...nothing, from: at(28), to: at(29), workedMs: worked([1, 1, 1, 1, 1]) })
    expect(last).toMatchObject({ count: 1, unknown: 1, hours: null })
  })

  it('is covered by an article once somebody has used it', () => {
    const linked = findPatterns([
      aCase(1, 0, { articleUrl: URL }),
      aCase(2, 7),
      aCase(3, 14),
      aCase(4, 21, { articleUrl: `${URL}-Renew` }),
    ])[0]!
    const around = { ...nothing, from: at(-1), to: at(60) }
    const covered = (publishedAt: number | null, stops: { escalationId: string; at: number }[] = []) =>
      opportunityOf(linked, { ...around, stops, articles: new Map([['77', article(publishedAt)]]) })
    expect(covered(at(10))).toMatchObject({ coveredBy: { key: '77' }, isUncaptured: false })
    expect(covered(at(25))).toMatchObject({ coveredBy: null, isUncaptured: false })
    expect(covered(at(25), [{ escalationId: linked.id, at: at(30) }])).toMatchObject({
      ...{ coveredBy: { key: '77' }, stops: 1 },
    })
    expect(covered(null), 'a draft').toMatchObject({ coveredBy: null, isUncaptured: true })
  })

  it('adds up without taking every pattern at its worst', () => {
    const { value, low, high } = addUp([
      { value: 10, low: 7, high: 14 },
      { value: 20, low: 16, high: 23 },
    ])
    expect([value, low, high]).toEqual([30, 25, 35])
    expect(addUp([])).toEqual({ value: 0, low: 0, high: 0 })
  })
})

describe('whether it shrank', () => {
  const every = (days: number, from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / days) }, (_, turn) => at(from + turn * days + 0.5))

  it.each([
    ['fewer, when twelve a fortnight became one', [...every(1.2, 0, 56), at(80)], 'fewer'],
    ['unclear, when it is the same', every(7, 0, 112), 'unclear'],
    ['unclear, when there were few', [at(1), at(20), at(50)], 'unclear'],
    ['more, when it began only then', every(2, 56, 112), 'more'],
  ])('is %s', (_, instants, verdict) => {
    expect(compareRates(instants, at(0), at(56), at(112))).toMatchObject({ verdict })
  })

  it('is the ratio of the rates, whatever the spans', () => {
    const change = compareRates([...every(7, 0, 28), ...every(14, 28, 84)], at(0), at(28), at(84))!
    expect(change).toMatchObject({ beforeAWeek: 1, afterAWeek: 0.5, ratio: 0.5 })
    expect(change.interval![0]).toBeLessThan(0.5)
    expect(change.interval![1]).toBeGreaterThan(0.5)
  })

  it('is not told of less than two weeks', () => {
    expect(compareRates([], at(0), at(56), at(69))).toBeNull()
  })
})

describe('what could have been deflected', () => {
  it('is known, captured, lower or sent back; each counts once', () => {
    const cases = [
      aCase(1, 0, { code: 'workaround' }),
      aCase(2, 10, { code: 'workaround', couldBeLower: false }),
      aCase(3, 20, { code: 'workaround', articleUrl: URL }),
      aCase(4, 30, { code: 'how_to', articleUrl: URL }),
      aCase(5, 40, { component: 'api', summary: 'Timeouts', rootCause: 'A rate limit', fix: 'Raised', code: 'other' }),
    ]
    const told = deflectableOf({
      ...{ cases, patterns: findPatterns(cases), articles: new Map([['77', article(at(25))]]) },
      bounced: [{ escalationId: 'ESC-2026-000099', at: at(3) }],
    })
    const counts = Object.fromEntries(
      Object.entries(told).map(([name, one]) => [name, typeof one === 'number' ? one : `${one.count}/${one.of}`]),
    )
    expect(counts).toEqual({
      ...{ count: 6, repeat: '3/6', captured: '1/6', uncaptured: '1/6', l1Capable: '1/6', bounced: '1/6' },
      ...{ any: '4/6', unknown: '3/6', said: '1/5' },
    })
  })
})

describe('the audit', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `ESC-2026-${String(index).padStart(6, '0')}`)

  it('draws twenty by lot, the same whenever it is asked and others next month', () => {
    const drawn = auditSample(ids, '2026-03')
    expect(new Set(drawn).size).toBe(20)
    expect(auditSample(ids.toReversed(), '2026-03')).toEqual(drawn)
    expect(auditSample(ids, '2026-04')).not.toEqual(drawn)
    expect(auditSample(ids.slice(0, 5), '2026-03').toSorted()).toEqual(ids.slice(0, 5))
  })

  it('draws each as often as any other', () => {
    const months = Array.from({ length: 400 }, (_, month) => `m${month}`)
    const times = months.flatMap((month) => auditSample(ids.slice(0, 40), month))
    const counts = ids.slice(0, 40).map((id) => times.filter((one) => one === id).length)
    // 200 each expected, standard deviation 10.
    expect(Math.min(...counts)).toBeGreaterThan(150)
    expect(Math.max(...counts)).toBeLessThan(250)
  })
})
