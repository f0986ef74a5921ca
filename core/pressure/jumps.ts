import { type Instant, MINUTE_MS } from '../units.ts'
import { isGraver, type PressureCase } from './case.ts'

/** Somebody who was passed over, and what became of their clocks until it was their turn. */
export type PassedOver = {
  escalationId: string
  ticketId: number
  /** How long it had waited already. */
  waitedMs: number
  /** How much longer it waited then; null while it does. */
  longerMs: number | null
  breached: string | null
}

export type Jump = { escalationId: string; ticketId: number; at: Instant; passed: PassedOver[] }

/** Two that are accepted within a minute were taken together. */
const TOGETHER_MS = MINUTE_MS

/**
 * Escalations that were accepted while older ones of their queue, at least as grave, waited. What waits for its turn is
 * known only as far as `cases` reach back.
 */
export function jumpsAmong(cases: readonly PressureCase[]): Jump[] {
  return [...Map.groupBy(cases, ({ queue }) => queue).values()].flatMap(jumpsInQueue)
}

function jumpsInQueue(cases: readonly PressureCase[]): Jump[] {
  const arrivals = cases.toSorted((a, b) => a.requestedAt - b.requestedAt)
  const accepts = cases
    .filter(({ acceptedAt }) => acceptedAt !== null)
    .toSorted((a, b) => a.acceptedAt! - b.acceptedAt! || a.requestedAt - b.requestedAt)
  let waiting: PressureCase[] = []
  let arrived = 0
  return accepts.flatMap((taken): Jump[] => {
    const at = taken.acceptedAt!
    while (arrived < arrivals.length && arrivals[arrived]!.requestedAt <= at) waiting.push(arrivals[arrived++]!)
    waiting = waiting.filter((one) => leftAt(one) > at)
    const passed = waiting.filter(
      (one) =>
        one.requestedAt < taken.requestedAt &&
        !isGraver(taken.severity, one.severity) &&
        leftAt(one) - at >= TOGETHER_MS,
    )
    if (passed.length === 0) return []
    const { escalationId, ticketId } = taken
    return [{ escalationId, ticketId, at, passed: passed.map((one) => passedOver(one, at)) }]
  })
}

/** When it stopped waiting. */
function leftAt({ acceptedAt, endedAt }: PressureCase): Instant {
  return acceptedAt ?? endedAt ?? Number.POSITIVE_INFINITY
}

function passedOver(one: PressureCase, at: Instant): PassedOver {
  const { escalationId, ticketId, requestedAt, breaches } = one
  const left = leftAt(one)
  const breach = breaches.find((breached) => breached.at >= at && breached.at < left)
  return {
    ...{ escalationId, ticketId, waitedMs: at - requestedAt },
    ...{ longerMs: Number.isFinite(left) ? left - at : null, breached: breach?.clock ?? null },
  }
}
