import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRESETS, readView, TABS, type View, writeView } from '../../../app/dashboard/view/view.ts'
import { isoWeek, windowOf } from '../../../app/dashboard/view/window.ts'
import { MEASURES, REPORT_DIMENSIONS } from '../../../core/contract/report.ts'
import { weekOf } from '../../../core/review/agenda.ts'

const filters = fc.dictionary(
  fc.constantFrom(...REPORT_DIMENSIONS),
  fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }),
  { noNullPrototype: true, maxKeys: 3 },
)
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const view: fc.Arbitrary<View> = fc.record({
  tab: fc.constantFrom(...TABS),
  span: fc.oneof(
    fc.constantFrom(...PRESETS).map((weeks) => ({ weeks })),
    fc.tuple(day, day).map((days) => ({ from: days.toSorted()[0]!, to: days.toSorted()[1]! })),
  ),
  compares: fc.boolean(),
  filters,
  listed: fc.option(
    fc.record({
      measure: fc.constantFrom(...MEASURES),
      at: filters,
      only: fc.constantFrom(null, 'hits' as const, 'misses' as const, 'open' as const),
    }),
  ),
})

describe('the address of a view', () => {
  it('is read back as what was written', () => {
    fc.assert(fc.property(view, (one) => void expect(readView(writeView(one))).toEqual(one)))
  })

  it('is a view whatever stands in it', () => {
    for (const hash of [
      '',
      '#',
      '#/nowhere',
      '#/sla?weeks=-3&from=x&list=none&only=y',
      '#/sla?from=2026-03-09&to=2026-03-01',
    ]) {
      expect(TABS).toContain(readView(hash).tab)
      expect(readView(hash).span).toEqual({ weeks: 13 })
    }
  })
})

describe('the window of a span', () => {
  it('is whole weeks by the clocks of the zone, also over a change of the clocks', () => {
    // Monday 2026-03-30; Berlin put its clocks forward the day before.
    const now = Date.parse('2026-03-30T10:00:00Z')
    expect(windowOf({ weeks: 2 }, now, 'Europe/Berlin')).toMatchObject({
      from: '2026-03-22T23:00:00.000Z',
      to: '2026-04-05T22:00:00.000Z',
    })
  })

  it('includes both days of one’s own choice', () => {
    expect(windowOf({ from: '2026-03-01', to: '2026-03-01' }, 0, 'America/New_York')).toMatchObject({
      from: '2026-03-01T05:00:00.000Z',
      to: '2026-03-02T05:00:00.000Z',
    })
  })

  it('names weeks as reports do', () => {
    for (let at = Date.parse('2019-12-30T00:00Z'); at < Date.parse('2027-02-01T00:00Z'); at += 7 * 86_400_000) {
      expect(isoWeek(new Date(at).toISOString().slice(0, 10))).toBe(weekOf(at))
    }
  })
})
