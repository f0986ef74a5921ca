import type { CalendarOf } from '../clock/sla.ts'
import type { Stage } from '../contract/api.ts'
import { isCustomerUntold, promiseOf } from '../escalation/promises.ts'
import { type Escalation, isWorkedOn, openEscalation, presentHandOver, type TicketState } from '../escalation/state.ts'
import type { ReviewSettings } from '../policy/review-policy.ts'
import type { Severity } from '../severity.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import type { Usual } from './stays.ts'

/** Why an escalation is looked at, gravest first. */
export const CONCERNS = ['promise-overdue', 'customer-untold', 'stalled', 'no-estimate', 'stuck', 'aged'] as const
export type ConcernKind = (typeof CONCERNS)[number]

/** `since`: from when on it is so. `detail`: what it is held against, in milliseconds; null where it needs none. */
export type Concern = { kind: ConcernKind; since: Instant; againstMs: number | null }

/** An escalation on the agenda. */
export type BacklogItem = {
  escalationId: string
  ticketId: number
  severity: Severity
  tier: number
  queue: string
  stage: Stage
  owner: string | null
  account: string
  summary: string
  requestedAt: Instant
  concerns: Concern[]
}

/** What it takes to look at the record alone. */
export type LookingAlone = { now: Instant; calendarOf: CalendarOf; settings: ReviewSettings }

export type Looking = LookingAlone & { usual: Usual }

/** What there is to say about a ticket's open escalation; null when none is open or nothing is wrong. */
export function backlogItem(state: TicketState, looking: Looking): BacklogItem | null {
  const open = openEscalation(state)
  if (!open || open.handOvers.length === 0) return null
  const concerns = concernsOf(state, open, looking)
  if (concerns.length === 0) return null
  const { id, decision, note, stage, owner, requestedAt } = open
  return {
    ...{ escalationId: id, ticketId: state.ticketId, severity: decision.severity, stage, requestedAt, concerns },
    ...{ tier: decision.tier, queue: decision.queueName, owner: owner?.name ?? null },
    ...{ account: note.customer_context.account, summary: note.issue.summary },
  }
}

function concernsOf(state: TicketState, open: Escalation, looking: Looking): Concern[] {
  const found = {
    'promise-overdue': overdue(state, open, looking),
    'customer-untold': untold(open),
    stalled: stalled(open, looking),
    'no-estimate': withoutEstimate(open, looking),
    stuck: stuck(open, looking),
    aged: aged(open, looking),
  } satisfies Record<ConcernKind, Omit<Concern, 'kind'> | null>
  return CONCERNS.flatMap((kind) => {
    const concern = found[kind]
    return concern ? [{ kind, ...concern }] : []
  })
}

export type Found = Omit<Concern, 'kind'> | null

export function overdue(state: TicketState, open: Escalation, { calendarOf, now }: LookingAlone): Found {
  const promise = promiseOf(state, open, calendarOf, now)
  return promise && promise.due <= now ? { since: promise.due, againstMs: null } : null
}

/** The fix is out and the customer was not told. */
export function untold(open: Escalation): Found {
  if (!isCustomerUntold(open)) return null
  const since = open.signals.findLast(({ signal }) => signal === 'fix-available')!.at
  return { since, againstMs: null }
}

/** Nobody has reported anything for longer than the severity allows, so many times over. */
export function stalled(open: Escalation, { now, settings }: LookingAlone): Found {
  if (!isWorkedOn(open) && open.stage !== 'requested') return null
  const heard = [presentHandOver(open).at, open.stageSince, ...open.progress.map(({ at }) => at)]
  const since = Math.max(...heard)
  const againstMs = settings.stalledAfter * settings.progressEvery[open.decision.severity] * MINUTE_MS
  return now - since > againstMs ? { since, againstMs } : null
}

/** Somebody works on it, and when it will be solved nobody says, or what was said has passed. */
function withoutEstimate(open: Escalation, { now }: Looking): Found {
  if (!isWorkedOn(open)) return null
  const dates = [open.estimate, open.release?.date ?? null].filter((date) => date !== null)
  if (dates.some((date) => date > now)) return null
  return { since: dates.length > 0 ? Math.max(...dates) : open.stageSince, againstMs: null }
}

/** Longer in its stage than nine in ten of its peers were. */
function stuck({ stage, stageSince, decision }: Escalation, { now, usual }: Looking): Found {
  const peers = usual(stage, decision.tier)
  return peers && now - stageSince > peers.p90Ms ? { since: stageSince, againstMs: peers.p90Ms } : null
}

function aged({ requestedAt, decision }: Escalation, { now, settings }: Looking): Found {
  const againstMs = settings.aged[decision.severity] * MINUTE_MS
  return now - requestedAt > againstMs ? { since: requestedAt, againstMs } : null
}

/** What hurts most comes first: by the gravest concern, then severity, then age. */
export function inOrder(items: readonly BacklogItem[]): BacklogItem[] {
  const gravest = ({ concerns }: BacklogItem) => CONCERNS.indexOf(concerns[0]!.kind)
  return items.toSorted(
    (a, b) =>
      gravest(a) - gravest(b) ||
      (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0) ||
      a.requestedAt - b.requestedAt ||
      a.ticketId - b.ticketId,
  )
}
