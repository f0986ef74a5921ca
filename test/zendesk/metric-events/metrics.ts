import type { TicketStatus } from '../state/model.ts'
import type { MetricName } from './metric-event.ts'
import { isSolved, type Moment } from './moments.ts'
import type { Recorder } from './recorder.ts'

/** What a moment does to a metric's clock. */
type Step = (recorder: Recorder, moment: Moment, before: Moment | null) => void

/**
 * When each clock runs, pauses and stops.
 * Source: ticket metric event types reference; advanced SLA settings.
 */
export const STEPS: Record<MetricName, Step> = {
  agent_work_time: whileIn(['new', 'open'], ['pending', 'hold']),
  requester_wait_time: whileIn(['new', 'open', 'hold'], ['pending']),
  resolution_time: whileIn(['new', 'open', 'pending', 'hold'], []),
  reply_time: untilReply,
  pausable_update_time: betweenUpdates(['pending']),
  periodic_update_time: betweenUpdates([]),
  group_ownership_time: whileOwned,
}

/** One instance for the ticket's life: a reopening goes on with the time so far. */
function whileIn(runsIn: TicketStatus[], pausesIn: TicketStatus[]): Step {
  return (recorder, moment) => {
    if (runsIn.includes(moment.status)) recorder.run(moment)
    else if (pausesIn.includes(moment.status)) recorder.pause(moment)
    else if (isSolved(moment)) recorder.fulfill(moment)
  }
}

/** From a customer's oldest unanswered words to an agent's public answer, whatever the status; solving answers, too. */
function untilReply(recorder: Recorder, moment: Moment): void {
  const isAsked = moment.isCreate ? moment.isOpenedByCustomer : moment.publicComment === 'customer' && !isSolved(moment)
  if (isAsked && !recorder.isActive()) recorder.begin(moment)
  if (moment.publicComment === 'agent' || isSolved(moment)) recorder.fulfill(moment)
}

/** From each public comment of an agent to the next, while the ticket is unsolved. */
function betweenUpdates(pausesIn: TicketStatus[]): Step {
  return (recorder, moment) => {
    const isUpdate = moment.publicComment === 'agent'
    if (isUpdate || isSolved(moment)) recorder.fulfill(moment)
    if (isUpdate && !isSolved(moment)) recorder.begin(moment)
    if (pausesIn.includes(moment.status)) recorder.pause(moment)
    else if (recorder.phase() === 'paused' && moment.status !== 'deleted') recorder.run(moment)
  }
}

/** From the assignment to a group until the ticket leaves it or is solved; a reopening starts anew. */
function whileOwned(recorder: Recorder, moment: Moment, before: Moment | null): void {
  if (moment.groupId !== (before?.groupId ?? null) || isSolved(moment)) recorder.fulfill(moment)
  if (moment.groupId !== null && !isSolved(moment) && !recorder.isActive()) recorder.begin(moment)
}
