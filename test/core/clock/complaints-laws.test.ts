import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openMsBetween } from '../../../core/clock/business-time.ts'
import type { ClockEvent } from '../../../core/clock/clock-event.ts'
import { targetOf } from '../../../core/clock/sla-state.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import type { TicketState } from '../../../core/escalation/state.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import { anyHistory, aTarget, BEGIN, calendarOf, clockAt } from './clocks.ts'
import { aHandOver, aPlan, aTicketState, ticketClocksAt } from './tickets.ts'

/** Two weeks around a change of the clocks; most of it is closed. */
const anyInstant = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minute) => BEGIN + minute * MINUTE_MS)
const anySchedule = fc.constantFrom('berlin', 'new-york', 'nights')
const someRuns = { numRuns: 300 }

function aStart(schedule: string, minutes: number): ClockEvent {
  const target = aTarget({ minutes, pausedIn: ['pending'] })
  return { kind: 'start', at: BEGIN, order: 0, target, schedule, status: 'open' }
}

describe('C4: a pause', () => {
  it('moves a deadline by the open time in it and not by a minute more', () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, anyInstant, (schedule, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const start = aStart(schedule, 100_000)
        const paused: ClockEvent[] = [
          start,
          { kind: 'status', at: from, order: 1, status: 'pending' },
          { kind: 'status', at: to, order: 2, status: 'open' },
        ]
        const [without, withPause] = [clockAt(to, [start]), clockAt(to, paused)]
        const openMs = openMsBetween(calendarOf(schedule), from, to)
        expect(without.elapsedMs - withPause.elapsedMs).toBe(openMs)
        if (openMs === 0) expect(withPause.deadline).toBe(without.deadline)
      }),
      someRuns,
    )
  })
})

describe('C5: a clock that is paused', () => {
  it('is not breached by time, and a change of target in the pause loses none of what was counted', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyInstant,
        anyInstant,
        anyInstant,
        fc.integer({ min: 1, max: 5000 }),
        (schedule, a, b, c, minutes) => {
          const [from, change, to] = [a, b, c].toSorted((one, other) => one - other) as [Instant, Instant, Instant]
          const events: ClockEvent[] = [
            aStart(schedule, 100_000),
            { kind: 'status', at: from, order: 1, status: 'pending' },
            { kind: 'target', at: change, order: 2, target: aTarget({ minutes, pausedIn: ['pending'] }) },
            { kind: 'status', at: to, order: 3, status: 'open' },
          ]
          const [before, after] = [clockAt(from, events), clockAt(to, events)]
          expect(after.elapsedMs).toBe(before.elapsedMs)
          // Only the change itself may find the new target used up.
          if (after.breachedAt !== null) expect(after.breachedAt).toBe(change)
        },
      ),
      someRuns,
    )
  })
})

describe('C7: a clock that is decided', () => {
  it('stays as it was decided, whatever targets come later', () => {
    fc.assert(
      fc.property(
        anyHistory(3000),
        fc.integer({ min: 0, max: 6000 }),
        fc.integer({ min: 1, max: 9000 }),
        (events, ...drawn) => {
          const [minute, minutes] = drawn
          const now = BEGIN + minute * MINUTE_MS
          const before = clockAt(now, events)
          const isDecided = before.breachedAt !== null || before.phase === 'stopped'
          if (!isDecided || targetOf(before) === null) return
          const target = { ...targetOf(before)!, minutes }
          const past = events.filter((event) => event.at <= now)
          const after = clockAt(now, [...past, { kind: 'target', at: now, order: 99, target }])
          expect([after.breachedAt, after.breached]).toEqual([before.breachedAt, before.breached])
          expect(after.elapsedMs).toBe(before.elapsedMs)
        },
      ),
      someRuns,
    )
  })
})

/** `BEGIN`. */
const CREATED = '2026-03-27 08:00Z'

/** A ticket that is handed over at these minutes after its creation, to one tier and back. */
function handedOver(minutes: number[]): TicketState {
  const plan = aPlan({ customer: 3000, resolution: 600 })
  const times = minutes.toSorted((a, b) => a - b).map((minute) => BEGIN + minute * MINUTE_MS)
  const handOvers = times.map((since, index) => ({
    ...aHandOver(CREATED, 2 + (index % 2), plan),
    ...{ at: since, order: 100 + index, plans: [{ at: since, order: 100 + index, by: null, plan }] },
  }))
  return aTicketState([[CREATED, { what: 'created', status: 'open' }]], handOvers)
}

describe('C6: however often a ticket is handed on', () => {
  const anyMinutes = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 5 })

  it('the customer clock counts as if it had stayed, and each tier only its own time', () => {
    fc.assert(
      fc.property(anyMinutes, anyInstant, (minutes, now) => {
        const { customer, ...tiers } = ticketClocksAt(now, handedOver(minutes))
        const { customer: unmoved } = ticketClocksAt(now, handedOver(minutes.slice(0, 1)))
        expect(customer).toEqual(unmoved)
        for (const clock of Object.values(tiers)) {
          if (clock.startedAt === null) continue
          const untilMs = openMsBetween(calendarOf('berlin'), clock.startedAt, Math.max(clock.startedAt, now))
          expect(clock.elapsedMs).toBeLessThanOrEqual(untilMs)
        }
        const countedMs = Object.values(tiers).reduce((sum, { elapsedMs }) => sum + elapsedMs, 0)
        expect(countedMs).toBeLessThanOrEqual(customer?.elapsedMs ?? 0)
      }),
      someRuns,
    )
  })
})

describe('C11: after the end of a ticket', () => {
  it('nothing falls due any more, and nothing is breached that was not before', () => {
    const anyEnd = fc.constantFrom('merged' as const, 'closed' as const, 'deleted' as const)
    fc.assert(
      fc.property(anyEnd, anyInstant, anyInstant, (why, end, later) => {
        const alive = handedOver([0])
        const state: TicketState = {
          ...alive,
          moments: [...alive.moments, { what: 'ended', why, at: end, order: 500, by: null }],
        }
        const now = Math.max(end, later)
        expect(countdownsOf(state, calendarOf, now).filter((due) => due.at > end)).toEqual([])
        for (const clock of Object.values(ticketClocksAt(now, state))) {
          expect(clock.breachedAt ?? 0).toBeLessThanOrEqual(end)
        }
      }),
      someRuns,
    )
  })
})
