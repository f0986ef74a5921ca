import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PressureCase } from '../../../core/pressure/case.ts'
import { jumpsAmong } from '../../../core/pressure/jumps.ts'
import { pressureMeter } from '../../../core/pressure/meter.ts'
import { pointOf } from '../../../core/pressure/points.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'

const MONDAY = Date.parse('2026-03-09T09:00:00Z')
const window = { from: MONDAY, to: MONDAY + 14 * DAY_MS, zone: 'UTC', least: 2 }

let made = 0
/** Asked for and accepted so many minutes after Monday morning. */
function aCase(requested: number, accepted: number | null, overrides: Partial<PressureCase> = {}): PressureCase {
  made++
  return {
    ...{ escalationId: `E${made}`, ticketId: made, requestedAt: MONDAY + requested * MINUTE_MS, queue: 'identity' },
    ...{ severity: 'P2', segment: 'enterprise', account: 'Acme', arr: null, points: [], endedAt: null },
    ...{ acceptedAt: accepted === null ? null : MONDAY + accepted * MINUTE_MS, firstReplyMs: null, breaches: [] },
    ...overrides,
  }
}

describe('jumpsAmong', () => {
  const older = aCase(0, 120, { breaches: [{ clock: 'first response', at: MONDAY + 100 * MINUTE_MS }] })
  it.each<[string, PressureCase[], number]>([
    ['one that is taken while an older one waits', [older, aCase(30, 60)], 1],
    ['none that waits its turn', [older, aCase(30, 130)], 0],
    ['none that is graver', [older, aCase(30, 60, { severity: 'P1' })], 0],
    ['one that is less grave', [older, aCase(30, 60, { severity: 'P3' })], 1],
    ['none of another queue', [older, aCase(30, 60, { queue: 'platform' })], 0],
    ['none where both are taken together', [older, aCase(30, 120)], 0],
    ['none past one that was over', [aCase(0, null, { endedAt: MONDAY + 40 * MINUTE_MS }), aCase(30, 60)], 0],
    ['one past one that waits still', [aCase(0, null), aCase(30, 60)], 1],
  ])('finds %s', (_, cases, count) => {
    expect(jumpsAmong(cases)).toHaveLength(count)
  })

  it('says what it cost those who waited', () => {
    const { passed } = jumpsAmong([older, aCase(30, 60)])[0]!
    expect(passed).toMatchObject([
      { escalationId: older.escalationId, waitedMs: HOUR_MS, longerMs: HOUR_MS, breached: 'first response' },
    ])
  })

  it('finds none where everybody is taken in turn, whatever they waited', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { maxLength: 30 }), (gaps) => {
        let [requested, accepted] = [0, 0]
        const cases = gaps.map(([gap, wait]) => {
          requested += gap
          accepted = Math.max(accepted, requested + wait)
          return aCase(requested, accepted)
        })
        expect(jumpsAmong(cases)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('pressureMeter', () => {
  const pressed = { points: [pointOf('executive-tier'), pointOf('asked-again', 2)] }

  it('is the mean of points that anybody can add up', () => {
    const { all, points, cases } = pressureMeter([aCase(0, 10, pressed), aCase(20, 30), aCase(40, 50)], window)
    expect(all).toMatchObject({ n: 3, value: 40 / 3, executive: { count: 1, of: 3 } })
    expect(cases).toMatchObject([{ score: 40 }])
    expect(points.find(({ id }) => id === 'asked-again')!.share).toMatchObject({ count: 1, of: 3 })
  })

  it('never exceeds 100', () => {
    const all = ['executive-tier', 'approval', 'leaders-told', 'raised-by-hand'] as const
    const points = [...all.map((id) => pointOf(id)), pointOf('asked-again', 3), pointOf('jumped-queue')]
    expect(pressureMeter([aCase(0, 10, { points })], window).all.value).toBe(100)
  })

  it('weighs by revenue where that is known', () => {
    const cases = [aCase(0, 10, { ...pressed, arr: 900 }), aCase(20, 30, { arr: 100 }), aCase(40, 50, { ...pressed })]
    expect(pressureMeter(cases, window).byRevenue).toEqual({ n: 2, value: 36 })
  })

  it('has weeks and segments, and customers only from the least number on', () => {
    const cases = [
      aCase(0, 10, { ...pressed, account: 'Acme', segment: null }),
      aCase(20, 30, { account: 'Acme' }),
      aCase(7 * 1440, 7 * 1440 + 5, { account: 'Once' }),
    ]
    const { weeks, segments, customers } = pressureMeter(cases, window)
    expect(weeks.map(({ name, n }) => [name, n])).toEqual([
      ['2026-W11', 2],
      ['2026-W12', 1],
    ])
    expect(segments.map(({ name, n }) => [name, n])).toEqual([
      ['enterprise', 2],
      [null, 1],
    ])
    expect(customers.map(({ name, executive }) => [name, executive.count])).toEqual([['Acme', 1]])
  })

  it('has the weeks of its zone, as reports do', () => {
    const late = aCase(0, null, { requestedAt: Date.parse('2026-03-15T23:30:00Z') })
    const weeksIn = (zone: string) => pressureMeter([late], { ...window, zone }).weeks.map(({ name }) => name)
    expect(weeksIn('UTC')).toEqual(['2026-W11'])
    expect(weeksIn('Europe/Berlin')).toEqual(['2026-W12'])
  })

  it('says that pressure buys speed only when the intervals leave no doubt', () => {
    const many = (wait: number, overrides: Partial<PressureCase>) =>
      Array.from({ length: 12 }, (_, index) => aCase(index * 600, index * 600 + wait + index, overrides))
    const clear = [...many(5, pressed), ...many(200, {})]
    expect(pressureMeter(clear, window).accept[0]!.speed).toMatchObject({
      isFaster: true,
      under: { n: 12 },
      without: { n: 12 },
    })
    const few = [aCase(0, 5, pressed), aCase(0, 300)]
    expect(pressureMeter(few, window).accept[0]!.speed.isFaster).toBeNull()
  })

  it('counts what was asked for before the window only as waiting', () => {
    const { all, displaced } = pressureMeter([aCase(-60, 90), aCase(10, 20)], window)
    expect(all.n).toBe(1)
    expect(displaced).toMatchObject({ passedOver: 1, longerMs: 70 * MINUTE_MS })
  })

  it('reads right over nothing', () => {
    const report = pressureMeter([], window)
    expect(report.all).toMatchObject({ n: 0, value: null })
    expect(report.byRevenue.value).toBeNull()
    expect(report.firstReply.under.medianMs).toBeNull()
  })
})
