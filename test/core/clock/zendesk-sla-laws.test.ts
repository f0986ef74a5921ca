import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldZendeskClocks } from '../../../core/clock/zendesk-sla.ts'
import { anyMetricEvents, anyMetricInstant } from './zendesk-events.ts'

const someRuns = { numRuns: 300 }

describe("Zendesk's clocks, whatever its events say", () => {
  it('are the same however the events arrive and however often', () => {
    fc.assert(
      fc.property(anyMetricEvents(), anyMetricInstant, fc.nat(), (events, now, seed) => {
        const again = events.filter(({ id }) => (id + seed) % 3 === 0)
        const shuffled = [...events, ...again].toSorted((a, b) => placed(a.id, seed) - placed(b.id, seed))
        expect(foldZendeskClocks(shuffled, now)).toEqual(foldZendeskClocks(events, now))
      }),
      someRuns,
    )
  })

  it('know nothing of what was deleted, also when the event came undeleted first', () => {
    fc.assert(
      fc.property(anyMetricEvents(), anyMetricInstant, (events, now) => {
        const kept = events.filter(({ isDeleted }) => !isDeleted)
        const asForeseen = events.map((event) => ({ ...event, isDeleted: false }))
        expect(foldZendeskClocks([...asForeseen, ...events], now)).toEqual(foldZendeskClocks(kept, now))
      }),
      someRuns,
    )
  })

  it('are what had happened by then, but for the breach that is foreseen', () => {
    fc.assert(
      fc.property(anyMetricEvents(), anyMetricInstant, (events, now) => {
        const past = events.filter((event) => event.at <= now)
        const bare = (clocks: ReturnType<typeof foldZendeskClocks>) =>
          clocks.map(({ breachesAt: _, ...clock }) => clock)
        expect(bare(foldZendeskClocks(events, now))).toEqual(bare(foldZendeskClocks(past, now)))
      }),
      someRuns,
    )
  })

  it('never count backwards, never more than has passed, and exactly the stretches in which they ran', () => {
    fc.assert(
      fc.property(anyMetricEvents(), anyMetricInstant, anyMetricInstant, (events, a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
        for (const clock of foldZendeskClocks(events, later)) {
          const sum = clock.ran.reduce((total, { from, to }) => total + to - from, 0)
          expect(clock.elapsedMs).toBe(sum)
          expect(clock.ran.every(({ from, to }, index) => from < to && from >= (clock.ran[index - 1]?.to ?? 0))).toBe(
            true,
          )
          const before = foldZendeskClocks(events, earlier).find(
            ({ metric, instance }) => metric === clock.metric && instance === clock.instance,
          )
          const countedMs = clock.elapsedMs - (before?.elapsedMs ?? 0)
          expect(countedMs).toBeGreaterThanOrEqual(0)
          expect(countedMs).toBeLessThanOrEqual(later - earlier)
        }
      }),
      someRuns,
    )
  })

  it('keep a breach that came to pass, and foresee one only ahead', () => {
    fc.assert(
      fc.property(anyMetricEvents(), anyMetricInstant, anyMetricInstant, (events, a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
        const afterwards = foldZendeskClocks(events, later)
        for (const clock of foldZendeskClocks(events, earlier)) {
          if (clock.breachesAt !== null) expect(clock.breachesAt).toBeGreaterThan(earlier)
          if (clock.breachedAt === null) continue
          expect(clock.breachedAt).toBeLessThanOrEqual(earlier)
          const same = afterwards.find(({ metric, instance }) => metric === clock.metric && instance === clock.instance)
          expect(same?.breachedAt).toBe(clock.breachedAt)
        }
      }),
      someRuns,
    )
  })
})

/** A place in the shuffle that depends on nothing but the event and the seed. */
function placed(id: number, seed: number): number {
  return ((id + 1) * 7919 + seed * 104_729) % 1009
}
