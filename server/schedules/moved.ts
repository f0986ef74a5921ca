import type { ClockName } from '../../core/clock/targets.ts'
import { type Countdown, recount } from '../../core/escalation/countdown.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountCalendars } from './calendars.ts'
import type { StaleClocks } from './stale.ts'

/** A deadline that another version of a schedule moves. `to` is null for one that never comes any more. */
export type MovedDeadline = {
  escalationId: string
  ticketId: number
  clockId: string
  clock: ClockName
  from: Instant
  to: Instant | null
  schedule: string
}

export type Recounted = { row: StaleClocks; countdowns: Countdown[]; moved: MovedDeadline[] }

/** The same countdowns by the calendars of today, and which deadlines that moves. */
export function recountRow(row: StaleClocks, { calendarOf }: Pick<AccountCalendars, 'calendarOf'>): Recounted {
  const countdowns = recount(row.countdowns, calendarOf)
  const moved = movedDeadlines(row, countdowns)
  return { row, countdowns: countdowns.toSorted((a, b) => a.at - b.at), moved }
}

const BREACH = '/breach'

function movedDeadlines({ escalationId, ticketId, countdowns: before }: StaleClocks, after: Countdown[]) {
  const moved: MovedDeadline[] = []
  let next = 0
  for (const { id, at: from, counted } of before) {
    // Recounting keeps the order and leaves out what never comes.
    const same = after[next]?.id === id ? after[next++]! : null
    if (!counted || same?.at === from || !id.endsWith(BREACH)) continue
    const clockId = id.slice(0, -BREACH.length)
    const clock = clockId.slice(clockId.lastIndexOf('/') + 1) as ClockName
    moved.push({ escalationId, ticketId, clockId, clock, from, to: same?.at ?? null, schedule: counted.schedule })
  }
  return moved
}
