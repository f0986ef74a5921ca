import { type CalendarOf, foldClock } from '../clock/sla.ts'
import { type ClockState, targetOf } from '../clock/sla-state.ts'
import { type NowAction, type NowReason, type NowRow, PRESSING, type Pressing } from '../contract/now.ts'
import { bouncesIn } from '../escalation/bounces.ts'
import { clocksAround, type TicketClock } from '../escalation/clocks.ts'
import { type Escalation, openEscalation, presentHandOver, type TicketState } from '../escalation/state.ts'
import { type LookingAlone, overdue, stalled, untold } from '../review/backlog.ts'
import { HOUR_MS, type Instant } from '../units.ts'

export type LookingNow = LookingAlone & { queueName(id: string): string }

/** So soon before its deadline a clock is at risk, whatever its warnings say. */
const SOON_MS = HOUR_MS

/** What would settle each first. */
const ACTIONS: Readonly<Record<Pressing, NowAction>> = {
  breached: 'decide-path',
  'at-risk': 'answer',
  'promise-overdue': 'update-customer',
  'fixed-not-told': 'tell-customer',
  unaccepted: 'accept',
  bounced: 'find-owner',
  stalled: 'report',
}

/** What a ticket's open escalation needs now; null when none is open or nothing presses. Pure. */
export function nowRow(state: TicketState, looking: LookingNow): NowRow | null {
  const open = openEscalation(state)
  if (!open || open.handOvers.length === 0) return null
  const reasons = reasonsOf(state, open, looking)
  const [first] = reasons
  if (!first) return null
  const { decision, note, owner, stage } = open
  const { tier, queue } = presentHandOver(open)
  return {
    ...{ escalationId: open.id, ticketId: state.ticketId, severity: decision.severity, tier, stage, reasons },
    ...{ queue: looking.queueName(queue), queueId: queue, owner: owner?.name ?? null },
    ...{ account: note.customer_context.account, summary: note.issue.summary, component: note.triage.component },
    action: stage === 'requested' && first.kind !== 'promise-overdue' ? 'accept' : ACTIONS[first.kind],
  }
}

/** Most pressing first: by kind, then by what comes or came first. */
export function inOrderOfPressure(rows: readonly NowRow[]): NowRow[] {
  const rank = ({ reasons: [first] }: NowRow) => PRESSING.indexOf(first!.kind)
  const at = ({ reasons: [first] }: NowRow) => Date.parse(first!.at)
  return rows.toSorted((a, b) => rank(a) - rank(b) || at(a) - at(b) || a.ticketId - b.ticketId)
}

function reasonsOf(state: TicketState, open: Escalation, looking: LookingNow): NowReason[] {
  const { now, calendarOf } = looking
  const since = (kind: Pressing, found: { since: Instant } | null) => (found ? [reason(kind, found.since)] : [])
  const found = [
    ...clockReasons(state, open, now, calendarOf),
    ...since('promise-overdue', overdue(state, open, looking)),
    ...since('fixed-not-told', untold(open)),
    ...(open.stage === 'requested' ? [reason('unaccepted', presentHandOver(open).at)] : []),
    ...bounceReason(open),
    ...since('stalled', stalled(open, looking)),
  ]
  return found.toSorted((a, b) => PRESSING.indexOf(a.kind) - PRESSING.indexOf(b.kind))
}

/** The clock that ran out first, and the one that will next if it is near. */
function clockReasons(state: TicketState, open: Escalation, now: Instant, calendarOf: CalendarOf): NowReason[] {
  const last = open.handOvers.length - 1
  const running = clocksAround(state, [open])
    .filter(({ handOver }) => handOver === null || handOver === last)
    .map((clock) => ({ clock, folded: foldClock(clock.events, calendarOf, now) }))
    .filter(({ folded }) => targetOf(folded) !== null && (folded.phase === 'running' || folded.phase === 'paused'))
  const breached = running
    .filter(({ folded }) => folded.breachedAt !== null)
    .toSorted((a, b) => a.folded.breachedAt! - b.folded.breachedAt!)
  const near = running
    .filter(({ folded }) => folded.breachedAt === null && isNear(folded, now))
    .toSorted((a, b) => a.folded.deadline! - b.folded.deadline!)
  return [
    ...breached.slice(0, 1).map((one) => clockReason('breached', one.folded.breachedAt!, one.clock)),
    ...near.slice(0, 1).map((one) => clockReason('at-risk', one.folded.deadline!, one.clock)),
  ]
}

/** Its first warning was given, or little is left. */
function isNear({ deadline, warnings }: ClockState, now: Instant): boolean {
  return deadline !== null && (deadline - now <= SOON_MS || warnings.some(({ isReached }) => isReached))
}

function bounceReason({ handOvers }: Escalation): NowReason[] {
  const bounces = bouncesIn(handOvers)
  const last = bounces.at(-1)
  return last ? [{ ...reason('bounced', last.at), count: bounces.length }] : []
}

function clockReason(kind: Pressing, at: Instant, { name }: TicketClock): NowReason {
  return { ...reason(kind, at), clock: name }
}

function reason(kind: Pressing, at: Instant): NowReason {
  return { kind, at: new Date(at).toISOString(), clock: null, count: null }
}
