import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUDGET_WINDOW_MS, type ExportLane, nextCallAt } from '../../../core/sync/export-budget.ts'
import { MINUTE_MS, SECOND_MS } from '../../../core/units.ts'

const NOW = Date.parse('2026-03-06T10:00:00Z')
const ten = (at: number) => Array<number>(10).fill(at)
const budget = { perMinute: 10, calls: [], planned: [], stoppedUntil: 0 }

describe('the calls that exports share', () => {
  it('go out at once while there are any', () => {
    expect(nextCallAt('live', budget, NOW)).toBe(NOW)
    expect(nextCallAt('spare', { ...budget, calls: ten(NOW).slice(1) }, NOW)).toBe(NOW)
  })

  it('wait for the oldest of a minute to be over', () => {
    const calls = [NOW - 40 * SECOND_MS, ...ten(NOW - 5 * SECOND_MS).slice(1)]
    expect(nextCallAt('live', { ...budget, calls }, NOW)).toBe(NOW - 40 * SECOND_MS + BUDGET_WINDOW_MS)
  })

  it('wait as long as Zendesk says', () => {
    expect(nextCallAt('live', { ...budget, stoppedUntil: NOW + 7000 }, NOW)).toBe(NOW + 7000)
  })

  it('that are spare leave those alone that live readers are about to make', () => {
    const calls = ten(NOW - SECOND_MS).slice(2)
    const planned = [NOW + 10 * SECOND_MS, NOW + 20 * SECOND_MS]
    expect(nextCallAt('live', { ...budget, calls, planned }, NOW)).toBe(NOW)
    expect(nextCallAt('spare', { ...budget, calls, planned }, NOW)).toBeGreaterThan(NOW)
    expect(nextCallAt('spare', { ...budget, calls, planned: planned.slice(1) }, NOW)).toBe(NOW)
  })

  it('are never more than Zendesk takes in a minute, wherever it begins, and never fewer than 95 % while there is more to read', () => {
    fc.assert(
      fc.property(fc.constantFrom(10, 30), fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }), (perMinute, delays) => {
        const made: { at: number; lane: ExportLane }[] = []
        let live = NOW
        for (let now = NOW, turn = 0; now < NOW + 30 * MINUTE_MS; turn++) {
          const calls = made.map(({ at }) => at).filter((at) => at > now - BUDGET_WINDOW_MS)
          const lane = live <= now ? 'live' : 'spare'
          const at = nextCallAt(lane, { perMinute, calls, planned: [Math.max(live, now)], stoppedUntil: 0 }, now)
          if (lane === 'live' && at > now) throw new Error(`A live reader waited ${at - now} ms`)
          if (at > now) {
            now = Math.min(at, live)
            continue
          }
          made.push({ at: now, lane })
          if (lane === 'live') live = now + MINUTE_MS
          now = Math.min(now + delays[turn % delays.length]! * 100, Math.max(live, now + 1))
        }
        for (const [index, { at }] of made.entries()) {
          const inMinute = made.slice(index).filter((one) => one.at < at + MINUTE_MS)
          expect(inMinute.length).toBeLessThanOrEqual(perMinute)
        }
        expect(made.length).toBeGreaterThanOrEqual(0.95 * 30 * perMinute)
      }),
      { numRuns: 8 },
    )
  })
})
