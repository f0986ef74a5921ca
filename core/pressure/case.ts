import { parseMoney } from '../decide/money.ts'
import { compareMoments } from '../escalation/moments.ts'
import type { Escalation, TicketState } from '../escalation/state.ts'
import { endingOf } from '../metrics/endings.ts'
import { type Measuring, placesAt, subjectOf } from '../metrics/subject.ts'
import { Severity } from '../severity.ts'
import type { Instant } from '../units.ts'
import { MOST_REPEATS, type PressurePoint, pointOf } from './points.ts'

/** One escalation as the meter sees it, before it is held beside the others of its queue. */
export type PressureCase = {
  escalationId: string
  ticketId: number
  requestedAt: Instant
  segment: string | null
  /** The customer, as the note names the account; null where it does not. */
  account: string | null
  severity: Severity
  queue: string
  /** Yearly revenue from the customer; null where it is not known. */
  arr: number | null
  points: PressurePoint[]
  /** When somebody accepted it first. */
  acceptedAt: Instant | null
  /** When it was resolved or over. */
  endedAt: Instant | null
  /** From the creation of the ticket to the first answer of ours; null where there was none. */
  firstReplyMs: number | null
  /** Breaches of its clocks. */
  breaches: { clock: string; at: Instant }[]
}

/** What the record says of an escalation beside its state. */
export type PressureRecord = {
  /** Somebody above was told. */
  leadersTold: boolean
  breaches: PressureCase['breaches']
}

export type PressureSetting = Pick<Measuring, 'calendarOf' | 'customerTiers' | 'now'>

export function pressureCase(
  state: TicketState,
  escalation: Escalation,
  record: PressureRecord,
  setting: PressureSetting,
): PressureCase {
  const { id, requestedAt, note, signals } = escalation
  const { segment, severity, queue } = placesAt(subjectOf(state, escalation, { ...setting, recorded: [] }), requestedAt)
  const { resolvedAt, overAt } = endingOf(state, escalation)
  const endedAt = resolvedAt ?? overAt
  const accepted = signals.filter(({ signal }) => signal === 'accepted').toSorted(compareMoments)
  return {
    ...{ escalationId: id, ticketId: state.ticketId, requestedAt, segment, severity: severity as Severity },
    ...{ queue: queue ?? escalation.decision.queue, account: note.customer_context.account.trim() || null },
    arr: parseMoney(note.customer_context.arr),
    points: ownPoints(state, escalation, record, endedAt ?? setting.now),
    ...{ acceptedAt: accepted[0]?.at ?? null, endedAt },
    firstReplyMs: firstReplyMs(state),
    breaches: record.breaches,
  }
}

function ownPoints(
  { moments }: TicketState,
  escalation: Escalation,
  { leadersTold }: PressureRecord,
  until: Instant,
): PressurePoint[] {
  const { handOvers, approval } = escalation
  const repeats = Math.min(MOST_REPEATS, repeatedAsks(moments, until))
  return [
    ...(handOvers.some(({ tier }) => tier >= 4) ? [pointOf('executive-tier')] : []),
    ...(approval !== null ? [pointOf('approval')] : []),
    ...(leadersTold ? [pointOf('leaders-told')] : []),
    ...(isRaisedByHand(escalation) ? [pointOf('raised-by-hand')] : []),
    ...(repeats > 0 ? [pointOf('asked-again', repeats)] : []),
  ]
}

/** A plan that nobody stands behind came from a timer or from a new version of the policy. */
function isRaisedByHand({ handOvers }: Escalation): boolean {
  const plans = handOvers.flatMap(({ raisedFor, plans: own }) =>
    own.map(({ plan, by }) => ({ severity: plan.severity, isByHand: by !== null && raisedFor === null })),
  )
  const first = plans[0]
  return plans.some(({ severity, isByHand }) => isByHand && first !== undefined && isGraver(severity, first.severity))
}

export function isGraver(one: Severity, other: Severity): boolean {
  return Severity.options.indexOf(one) < Severity.options.indexOf(other)
}

/** Words of the customer that followed another one of theirs, with no answer of ours between. */
function repeatedAsks(moments: TicketState['moments'], until: Instant): number {
  let isWaiting = false
  let repeats = 0
  for (const { what, at } of moments.toSorted(compareMoments)) {
    if (at > until) break
    if (what === 'replied' || what === 'told') isWaiting = false
    if (what !== 'customer-spoke') continue
    if (isWaiting) repeats++
    isWaiting = true
  }
  return repeats
}

function firstReplyMs({ moments }: TicketState): number | null {
  const sorted = moments.toSorted(compareMoments)
  const created = sorted.find(({ what }) => what === 'created' || what === 'follow-up')
  const reply = sorted.find(({ what }) => what === 'replied')
  return created && reply ? reply.at - created.at : null
}
