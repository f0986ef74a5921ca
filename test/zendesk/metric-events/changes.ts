import { createEventTimeline } from '../exports/event-timeline.ts'
import { placeAfter } from '../exports/timeline.ts'
import { seconds } from '../http/times.ts'
import type { Audit, State, Ticket } from '../state/model.ts'
import { metricEventsOf } from './derive.ts'
import type { MetricEvent } from './metric-event.ts'

/** Audits that are looked at together; few tickets are then worked out for nothing. */
const AUDITS_AT_ONCE = 200

/** When an event came to be known or was taken back: always with an audit of its ticket. */
export function changedAt({ knownAt, deletedAt }: MetricEvent): number {
  return deletedAt ?? knownAt
}

/**
 * Metric events by the time they changed. Only the tickets whose audits lie in a page's time are worked out, so that a
 * page costs the same in an account of any size.
 */
export function createMetricChanges(state: State) {
  const timeline = createEventTimeline(state)
  return { since }

  /** Changes from the start second on, in order: at least so many, whole seconds of them, unless there are no more. */
  function since(start: number, newest: number, atLeast: number, isWanted: (ticket: Ticket) => boolean) {
    const audits = timeline.ordered()
    const secondAt = (index: number) => seconds(audits[index]!.created_at)
    const changes: MetricEvent[] = []
    let from = placeAfter(timeline, audits, { second: start, id: -1 })
    while (from < audits.length && secondAt(from) <= newest && changes.length < atLeast) {
      let to = Math.min(from + AUDITS_AT_ONCE, audits.length)
      while (to < audits.length && secondAt(to) === secondAt(to - 1)) to++
      changes.push(...changesWith(audits.slice(from, to), newest, isWanted))
      from = to
    }
    return changes.sort((a, b) => changedAt(a) - changedAt(b) || a.id - b.id)
  }

  function changesWith(audits: Audit[], newest: number, isWanted: (ticket: Ticket) => boolean): MetricEvent[] {
    const first = seconds(audits[0]!.created_at)
    const last = Math.min(seconds(audits.at(-1)!.created_at), newest)
    const ticketIds = new Set(audits.map(({ ticket_id }) => ticket_id))
    return [...ticketIds]
      .filter((id) => state.tickets[id] && isWanted(state.tickets[id]))
      .flatMap((id) => metricEventsOf(state, id))
      .filter((event) => seconds(changedAt(event)) >= first && seconds(changedAt(event)) <= last)
  }
}
