import type { ClockEvent, ClockTarget } from '../clock/clock-event.ts'
import { type CalendarOf, foldClock } from '../clock/sla.ts'
import type { ClockState } from '../clock/sla-state.ts'
import { inZendeskOrder, type ZendeskMetricEvent } from '../clock/zendesk-metric-event.ts'
import { compareMoments } from '../escalation/moments.ts'
import type { TicketMoment } from '../escalation/state.ts'
import { type Instant, MINUTE_MS, type Minutes } from '../units.ts'

/** The metrics that follow from the statuses of a ticket and from who wrote; the others need what we do not keep. */
export const RECKONED = ['reply_time', 'requester_wait_time', 'agent_work_time', 'resolution_time'] as const
export type ReckonedMetric = (typeof RECKONED)[number]

/** Where each rests, and where it stops. Source: ticket metric event types reference */
export const RESTS_IN: Readonly<Record<ReckonedMetric, readonly string[]>> = {
  reply_time: [],
  requester_wait_time: ['pending'],
  agent_work_time: ['hold', 'pending'],
  resolution_time: [],
}
const STOPS_IN: readonly string[] = ['solved', 'closed']

/** So far away that it is never used up: Zendesk measures before it promises. */
const NO_TARGET: Minutes = 100 * 366 * 24 * 60

/**
 * One of Zendesk's own clocks, reckoned by Zendesk's rules from what happened to the ticket: of Zendesk's events only the
 * targets are taken, and when each was applied. Null when by those rules there is no such clock.
 *
 * @param moments of the ticket, from its creation on
 * @param events of this metric and instance
 * @param schedule by which business time counts; null for every hour
 */
export function reckonAsZendesk(
  metric: ReckonedMetric,
  moments: readonly TicketMoment[],
  events: readonly ZendeskMetricEvent[],
  schedule: string | null,
  calendarOf: CalendarOf,
  now: Instant,
): ClockState | null {
  const own = ownMoments(moments)
  const told = inZendeskOrder(events).filter(({ at }) => at <= now)
  const startedAt = told.find(({ kind }) => kind === 'activate')?.at ?? null
  const begin = metric === 'reply_time' ? beginOfReply(own, startedAt) : own[0]
  if (!begin) return null
  const [first, ...rest] = told.flatMap((event) => (event.kind === 'apply-sla' ? [event] : []))
  const counts = first?.target.counts ?? 'calendar'
  const target = (minutes: Minutes, by = counts): ClockTarget => ({
    ...{ minutes, warnAt: [], pausedIn: RESTS_IN[metric], stopsIn: STOPS_IN, counts: by },
    ...{ reopens: metric !== 'reply_time', policyVersion: null },
  })
  const applied = (first ? [first, ...rest] : []).map(
    ({ at, target: { targetMs, counts: by } }): ClockEvent => ({
      ...{ at, order: Number.MAX_SAFE_INTEGER, kind: 'target', target: target(targetMs / MINUTE_MS, by) },
    }),
  )
  const status = statusAt(own, begin.at)
  const start: ClockEvent = { ...stamp(begin), kind: 'start', target: target(NO_TARGET), schedule, status }
  const steps = own.flatMap((moment) => stepsOf(moment, metric, begin))
  return foldClock([start, ...steps, ...applied], calendarOf, now)
}

/** A follow-up ticket is new to Zendesk: what happened to the one before is not its own. */
export function ownMoments(moments: readonly TicketMoment[]): TicketMoment[] {
  const sorted = moments.toSorted(compareMoments)
  const begin = sorted.findLastIndex(({ what }) => what === 'created' || what === 'follow-up')
  return sorted.slice(Math.max(0, begin))
}

/**
 * A reply is owed from the creation on where the customer wrote the ticket, else from their first word; after an answer,
 * from their next word. Who wrote the ticket is not kept, so of these the one is taken that Zendesk says it began with.
 */
function beginOfReply(moments: readonly TicketMoment[], startedAt: Instant | null): TicketMoment | null {
  const asked: TicketMoment[] = []
  let isAnswered = true
  for (const [index, moment] of moments.entries()) {
    if (index === 0) asked.push(moment)
    else if (moment.what === 'customer-spoke' && isAnswered) asked.push(moment)
    if (moment.what === 'customer-spoke') isAnswered = false
    else if (answers(moment)) isAnswered = true
  }
  return asked.find(({ at }) => startedAt !== null && Math.abs(at - startedAt) < MINUTE_MS) ?? null
}

function answers(moment: TicketMoment): boolean {
  return moment.what === 'replied' || moment.what === 'told' || STOPS_IN.includes(statusOf(moment) ?? '')
}

function stepsOf(moment: TicketMoment, metric: ReckonedMetric, begin: TicketMoment): ClockEvent[] {
  if (compareMoments(moment, begin) <= 0) return []
  const status = statusOf(moment)
  if (status !== null) return [{ ...stamp(moment), kind: 'status', status }]
  // What Baton tells the customer by itself is a public comment of an agent to Zendesk.
  const isReply = metric === 'reply_time' && (moment.what === 'replied' || moment.what === 'told')
  return isReply ? [{ ...stamp(moment), kind: 'stop', why: 'agent-replied' }] : []
}

/** To Zendesk a merged ticket is a closed one. */
export function statusOf(moment: TicketMoment): string | null {
  if ('status' in moment) return moment.status
  return moment.what === 'ended' ? 'closed' : null
}

function statusAt(moments: readonly TicketMoment[], at: Instant): string {
  const said = moments.filter((moment) => moment.at <= at && statusOf(moment) !== null)
  return said.length > 0 ? statusOf(said.at(-1)!)! : 'new'
}

function stamp({ at, order }: TicketMoment): Pick<ClockEvent, 'at' | 'order'> {
  return { at, order }
}
