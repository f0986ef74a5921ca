import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partAt, partsWithin } from '../../../core/metrics/parts.ts'
import { slicesOf, sourcesOf } from '../../../core/metrics/slices.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { at } from '../clock/clocks.ts'

describe('a part of a week', () => {
  it.each([
    ['an hour shorter in spring', 'Europe/Berlin', '2026-03-25 12:00Z', '2026-03-22 23:00Z', '2026-03-29 22:00Z', 167],
    [
      'an hour longer in autumn',
      'America/New_York',
      '2026-10-28 12:00Z',
      '2026-10-26 04:00Z',
      '2026-11-01 04:00Z',
      144,
    ],
    ['the rest of that week', 'America/New_York', '2026-11-01 12:00Z', '2026-11-01 04:00Z', '2026-11-02 05:00Z', 25],
  ])('is %s', (_, zone, within, from, to, hours) => {
    const part = partAt(zone, at(within))
    expect([part.from, part.to]).toEqual([at(from), at(to)])
    expect((part.to - part.from) / HOUR_MS).toBe(hours)
  })

  it('bears the names of its ISO week and of its month', () => {
    expect(partAt('UTC', at('2026-01-01 12:00Z'))).toMatchObject({ week: '2026-W01', month: '2026-01' })
    expect(partAt('UTC', at('2025-12-31 12:00Z'))).toMatchObject({ week: '2026-W01', month: '2025-12' })
    // Already Monday in Auckland.
    expect(partAt('Pacific/Auckland', at('2026-03-01 12:00Z'))).toMatchObject({ week: '2026-W10', month: '2026-03' })
  })

  it('follows on the one before, without a hole', () => {
    const parts = partsWithin('Europe/Berlin', at('2026-01-01 00:00Z'), at('2027-01-01 00:00Z'))
    for (const [index, part] of parts.entries()) if (index > 0) expect(part.from).toBe(parts[index - 1]!.to)
    expect(new Set(parts.map(({ month }) => month)).size).toBe(13)
  })
})

const WINDOW = { from: at('2026-03-05 10:00Z'), to: at('2026-04-08 03:00Z') }

describe('slices and their sources', () => {
  it('are one where no time is asked for, and a week each where weeks are', () => {
    expect(slicesOf(WINDOW, { zone: 'UTC', by: [], filters: {} })).toHaveLength(1)
    const weeks = slicesOf(WINDOW, { zone: 'UTC', by: ['week'], filters: {} })
    expect(weeks.map(({ week }) => week)).toEqual(['10', '11', '12', '13', '14', '15'].map((week) => `2026-W${week}`))
    expect(slicesOf(WINDOW, { zone: 'UTC', by: ['month'], filters: { month: ['2026-04'] } })).toEqual([
      { from: at('2026-04-01 00:00Z'), to: WINDOW.to, week: null, month: '2026-04' },
    ])
  })

  it('cover a window once, whole parts where they are added up and the rest one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        fc.func(fc.boolean()),
        (a, hours, isAddedUp) => {
          const from = WINDOW.from + a * HOUR_MS
          const slices = slicesOf(
            { from, to: from + hours * HOUR_MS },
            { zone: 'Europe/Berlin', by: ['week'], filters: {} },
          )
          const { parts, stretches } = sourcesOf(slices, 'Europe/Berlin', (part) => isAddedUp(part.from))
          const spans = [
            ...parts.map((part) => ({ from: part.from, to: partAt('Europe/Berlin', part.from).to })),
            ...stretches,
          ].toSorted((x, y) => x.from - y.from)
          expect(spans[0]!.from).toBe(from)
          expect(spans.at(-1)!.to).toBe(from + hours * HOUR_MS)
          for (const [index, span] of spans.entries()) if (index > 0) expect(span.from).toBe(spans[index - 1]!.to)
        },
      ),
    )
  })
})
