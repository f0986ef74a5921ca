import type { MeasureId } from '../contract/report.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import { HOUR_MS, type Instant } from '../units.ts'

/** Measures that follow from the record's events alone, by a way that shares nothing with the reports. */
export const RECOUNTED = [
  'escalations',
  'mttr',
  'time_to_acknowledge',
  'time_to_escalate',
  'returns',
  'handoffs',
  'context_loss',
  'note_completeness',
  'hotfix_share',
  'link_rate',
  'l1_capable',
  'sla_attainment',
  'customer_clock_attainment',
] as const satisfies readonly MeasureId[]
export type RecountedMeasure = (typeof RECOUNTED)[number]

/** Of these, events tell what was breached, and not what was met: only their misses are counted again. */
export const MISSES_ONLY: readonly MeasureId[] = ['sla_attainment', 'customer_clock_attainment']

/** What Zendesk's export of the account's history says of a ticket; null where it has not told of it. */
export type TicketPast = { createdAt: Instant | null; statuses: { at: Instant; status: string }[] }

/** The events of one escalation in the order they were written, with what is known of its ticket. */
export type Episode = {
  escalationId: string
  ticketId: number
  events: readonly EscalationEvent[]
  past: TicketPast | null
  isFirstOfTicket: boolean
}

/** One thing a figure is made of. `value` as a report has it: hours, 1 or 0, or a number; null while it is open. */
export type Recounted = {
  escalationId: string
  ticketId: number
  tier: number | null
  at: Instant
  value: number | null
}

type Told<K extends EscalationEvent['kind']> = Extract<EscalationEvent, { kind: K }>
type HandOver = Told<'requested' | 'registered' | 'raised' | 'handed-on'>

/** What an escalation adds to a measure. */
export function recount(measure: RecountedMeasure, episode: Episode): Recounted[] {
  const { escalationId, ticketId, events, past } = episode
  const handOvers = of(events, 'requested', 'registered', 'raised', 'handed-on')
  const begin = handOvers[0]
  if (!begin) return []
  const over = of(events, 'ticket-ended', 'deescalated', 'withdrawn').at(-1) ?? endingRejection(events)
  const isGone = over?.kind === 'ticket-ended' && (over.status === 'merged' || over.status === 'deleted')
  const said = of(events, 'resolved').at(-1)
  const resolvedAt = said?.at ?? solvedAt(past, begin.at)
  const isOpen = !over && resolvedAt === null

  const one = (at: Instant, value: number | null, tier = tierAt(handOvers, at)): Recounted => {
    return { escalationId, ticketId, tier, at, value }
  }
  switch (measure) {
    case 'escalations':
      return [one(begin.at, 1)]
    case 'mttr':
      if (isGone || (over && resolvedAt === null)) return []
      return [one(begin.at, resolvedAt === null ? null : hours(begin.at, resolvedAt))]
    case 'time_to_acknowledge':
      return chapters(handOvers, events).flatMap(({ handOver, own, isLast }) => {
        const accepted = of(own, 'accepted')[0]
        if (accepted) return [one(handOver.at, hours(handOver.at, accepted.at))]
        return isLast && isOpen ? [one(handOver.at, null)] : []
      })
    case 'time_to_escalate':
      if (!episode.isFirstOfTicket || past?.createdAt == null) return []
      return [one(begin.at, hours(past.createdAt, begin.at))]
    case 'returns':
      return chapters(handOvers, events).flatMap(({ handOver, own, isLast }) => {
        const [back] = of(own, 'returned')
        if (back) return [one(back.at, IN_VAIN.includes(back.reason) ? 1 : 0)]
        const accepted = of(own, 'accepted')[0]
        if (accepted) return [one(accepted.at, 0)]
        return isLast && isOpen ? [one(handOver.at, null)] : []
      })
    case 'handoffs':
      if (isGone) return []
      return [one(begin.at, isOpen ? null : handOvers.length + of(events, 'returned', 'came-back').length)]
    case 'context_loss': {
      const isSo = of(events, 'had-to-ask').length > 0
      if (isGone) return []
      return [one(begin.at, isSo ? 1 : isOpen ? null : 0)]
    }
    case 'note_completeness':
      return begin.kind === 'requested' ? [one(begin.at, Math.round(begin.score))] : []
    case 'hotfix_share':
      return of(events, 'release-decided')
        .slice(-1)
        .map(({ at, release }) => one(at, release === 'hotfix' ? 1 : 0))
    case 'link_rate':
      return said ? [one(said.at, said.article === 'linked' || said.article === 'improved' ? 1 : 0)] : []
    case 'l1_capable':
      return said && said.couldBeLower !== null ? [one(said.at, said.couldBeLower ? 1 : 0)] : []
    case 'sla_attainment':
      return breachesTold(events).flatMap(({ at, tier }) => (tier === null ? [] : [one(at, 0, tier)]))
    case 'customer_clock_attainment':
      return breachesTold(events).flatMap(({ at, tier }) => (tier === null ? [one(at, 0)] : []))
  }
}

/** Measures in which the solving of a ticket counts, where nobody said that the escalation is resolved. */
const BY_SOLVING: readonly MeasureId[] = ['mttr', 'handoffs', 'context_loss', 'time_to_acknowledge', 'returns']

/** Whether it would take the ticket's own history to count this, and that is not known. */
export function lacksHistory(measure: RecountedMeasure, { past, events }: Episode): boolean {
  if (past !== null) return false
  if (measure === 'time_to_escalate') return true
  return BY_SOLVING.includes(measure) && of(events, 'resolved').length === 0
}

const IN_VAIN: readonly string[] = ['incomplete', 'below_tier', 'known_issue', 'wrong_queue', 'duplicate']

function of<K extends EscalationEvent['kind']>(events: readonly EscalationEvent[], ...kinds: K[]): Told<K>[] {
  return events.filter((event): event is Told<K> => (kinds as string[]).includes(event.kind))
}

function endingRejection(events: readonly EscalationEvent[]): Told<'rejected'> | undefined {
  return of(events, 'rejected').find(({ ends }) => ends)
}

/** What happened while each tier had it. */
function chapters(handOvers: readonly HandOver[], events: readonly EscalationEvent[]) {
  return handOvers.map((handOver, index) => {
    const next = handOvers[index + 1]
    const [from, to] = [events.indexOf(handOver), next ? events.indexOf(next) : events.length]
    return { handOver, own: events.slice(from + 1, to), isLast: next === undefined }
  })
}

function tierAt(handOvers: readonly HandOver[], at: Instant): number {
  return (handOvers.findLast((one) => one.at <= at) ?? handOvers[0]!).tier
}

/** Nobody said that it is resolved, but the ticket was solved and stayed so. */
function solvedAt(past: TicketPast | null, since: Instant): Instant | null {
  const after = past?.statuses.filter(({ at }) => at >= since) ?? []
  const last = after.findLastIndex(({ status }) => status !== 'solved' && status !== 'closed')
  return after[last + 1]?.at ?? null
}

/** Breaches that were not taken back. */
function breachesTold(events: readonly EscalationEvent[]): Told<'clock-breached'>[] {
  const standing = new Map<string, Told<'clock-breached'>>()
  for (const event of events) {
    if (event.kind === 'clock-breached') standing.set(event.clockId, event)
    if (event.kind === 'clock-corrected' && event.told.endsWith('/breach')) standing.delete(event.clockId)
  }
  return [...standing.values()]
}

function hours(from: Instant, to: Instant): number {
  return Math.max(0, to - from) / HOUR_MS
}
