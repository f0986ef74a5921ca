import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarTime } from '../../../core/clock/calendar.ts'
import { type ClockEvent, inOrder } from '../../../core/clock/clock-event.ts'
import { explain } from '../../../core/clock/explain.ts'
import { budgetMs, foldClock } from '../../../core/clock/sla.ts'
import { momentsOf, nextDueAt } from '../../../core/clock/sla-moments.ts'
import { type ClockState, targetOf } from '../../../core/clock/sla-state.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { anyHistory, BEGIN, calendarOf, clockAt } from './clocks.ts'

const SPREAD = 30_000
const anyNow = fc.integer({ min: 0, max: SPREAD * 60 }).map((seconds) => BEGIN + seconds * 1000)
const someRuns = { numRuns: 300 }

describe('a clock, whatever happens to it', () => {
  it('never counts backwards, and never more than has passed', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, anyNow, (events, a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
        const countedMs = clockAt(later, events).elapsedMs - clockAt(earlier, events).elapsedMs
        expect(countedMs).toBeGreaterThanOrEqual(0)
        expect(countedMs).toBeLessThanOrEqual(later - earlier)
      }),
      someRuns,
    )
  })

  it('is what the events up to that instant make of it, whatever came later', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, (events, now) => {
        const past = events.filter((event) => event.at <= now)
        expect(clockAt(now, past)).toEqual(clockAt(now, events))
      }),
      someRuns,
    )
  })

  it('C7: keeps the instant of a breach once it has one', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, anyNow, (events, a, b) => {
        const before = clockAt(Math.min(a, b), events)
        if (before.breachedAt === null) return
        expect(before.breachedAt).toBeLessThanOrEqual(Math.min(a, b))
        expect(clockAt(Math.max(a, b), events).breachedAt).toBe(before.breachedAt)
      }),
      someRuns,
    )
  })

  it('C14: is looked at once or every hour, with the same warnings and the same breach', () => {
    fc.assert(
      fc.property(anyHistory(3000), (events) => {
        const end = BEGIN + 3000 * MINUTE_MS
        const seen = new Set<string>()
        for (let now = BEGIN; now <= end; now += 60 * MINUTE_MS) {
          const { breachedAt } = clockAt(now, events)
          if (breachedAt !== null) seen.add(String(breachedAt))
        }
        const { breachedAt } = clockAt(end, events)
        expect([...seen]).toEqual(breachedAt === null ? [] : [String(breachedAt)])
      }),
      { numRuns: 100 },
    )
  })

  it('breaches exactly at its deadline when nothing changes, and not a millisecond before', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, (events, now) => {
        const past = events.filter((event) => event.at <= now)
        const { deadline, breachedAt } = clockAt(now, past)
        if (deadline === null || breachedAt !== null) return
        expect(clockAt(deadline, past).breachedAt).toBe(deadline)
        expect(clockAt(deadline - 1, past).breachedAt).toBeNull()
      }),
      someRuns,
    )
  })

  it('warns no later than the deadline, a lower percentage never after a higher one', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, (events, now) => {
        const clock = clockAt(now, events)
        const instants = clock.warnings.flatMap(({ at }) => (at === null ? [] : [at]))
        const end = clock.breachedAt ?? clock.deadline ?? Number.POSITIVE_INFINITY
        for (const instant of instants) expect(instant).toBeLessThanOrEqual(end)
        const expected = clock.warnings.flatMap(({ at, isReached }) => (at !== null && !isReached ? [at] : []))
        expect(expected).toEqual(expected.toSorted((a, b) => a - b))
        for (const { isReached, at } of clock.warnings) if (isReached) expect(at).toBeLessThanOrEqual(now)
      }),
      someRuns,
    )
  })

  it('tells one thing an instant, and what is due next lies ahead', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, (events, now) => {
        const clock = clockAt(now, events)
        const instants = momentsOf(clock).map(({ at }) => at)
        expect(instants).toEqual([...new Set(instants)].toSorted((a, b) => a - b))
        const next = nextDueAt(clock)
        if (next !== null) expect(next).toBeGreaterThan(now)
      }),
      someRuns,
    )
  })

  it('is the same however its events arrive and however often', () => {
    const anyArrival = anyHistory(SPREAD).chain((events) =>
      fc.record({
        events: fc.constant(events),
        arrived: fc
          .array(fc.constantFrom(...events), { maxLength: 8 })
          .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length })),
      }),
    )
    fc.assert(
      fc.property(anyArrival, anyNow, ({ events, arrived }, now) => {
        expect(clockAt(now, arrived)).toEqual(clockAt(now, events))
      }),
      someRuns,
    )
  })

  it('explains its deadline by stretches without holes whose counted parts are the budget to the millisecond', () => {
    fc.assert(
      fc.property(anyHistory(SPREAD), anyNow, (events, now) => {
        const clock = clockAt(now, events)
        const explanation = explain('resolution', clock, calendarOf, now)
        if (clock.startedAt === null) {
          expect(explanation).toBeNull()
          return
        }
        const { stretches, countedMs, endsAt, breachedBy, until } = explanation!
        const countedByHand = stretches.reduce(
          (sum, { kind, from, to }) => sum + (kind === 'counted' ? to - from : 0),
          0,
        )
        expect(countedByHand).toBe(countedMs)
        if (endsAt === 'rest') expect(countedMs).toBe(clock.elapsedMs)
        else if (breachedBy === 'target') expect(countedMs).toBeGreaterThanOrEqual(explanation!.budgetMs)
        else expect(countedMs).toBe(explanation!.budgetMs)
        let end = clock.startedAt
        for (const { from, to } of stretches) {
          expect(from).toBe(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBe(until)
      }),
      someRuns,
    )
  })

  it('agrees with a count of every single second', () => {
    fc.assert(
      fc.property(anyHistory(240), fc.integer({ min: 0, max: 240 * 60 }), (events, seconds) => {
        const now = BEGIN + seconds * 1000
        const { phase, elapsedMs, breachedAt } = clockAt(now, events)
        expect({ phase, elapsedMs, breachedAt }).toEqual(countedBySeconds(events, now))
      }),
      { numRuns: 60 },
    )
  })
})

/** Counts by itself; only phase and target are asked of the fold, for which the tables stand. */
function countedBySeconds(
  events: readonly ClockEvent[],
  now: number,
): Pick<ClockState, 'phase' | 'elapsedMs' | 'breachedAt'> {
  const changes = inOrder(events).filter((event) => event.at <= now)
  let elapsedMs = 0
  let breachedAt: number | null = null
  let standing = foldClock([], calendarOf, BEGIN)
  let next = 0
  for (let at = BEGIN; at <= now; at += 1000) {
    judge(at)
    for (; next < changes.length && changes[next]!.at === at; next++) {
      standing = foldClock(changes.slice(0, next + 1), calendarOf, at)
      judge(at)
    }
    const target = targetOf(standing)
    if (at === now || standing.phase !== 'running' || !target) continue
    const calendar = target.counts === 'business' && standing.schedule ? calendarOf(standing.schedule) : calendarTime
    if (calendar.isOpen(at)) elapsedMs += 1000
  }
  return { phase: standing.phase, elapsedMs, breachedAt }

  function judge(at: number): void {
    const target = targetOf(standing)
    const isUnderWay = standing.phase === 'running' || standing.phase === 'paused'
    if (isUnderWay && target && elapsedMs >= budgetMs(target)) breachedAt ??= at
  }
}
