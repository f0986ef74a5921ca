import type { TimelineEntry } from '../../core/contract/api.ts'
import type { EscalationStory } from '../../core/contract/escalations.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { clockViewsOf } from '../api/clock-view.ts'
import { refusalsOf, viewOf } from '../api/escalation-view.ts'
import { lifeViewOf } from '../api/life-view.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import type { Found } from './find-escalation.ts'

export type StorySetting = {
  /** The one the escalation goes by. */
  policy: Policy
  /** The one in force. */
  current: Policy
  calendars: AccountCalendars
  /** Of the ticket. */
  timeline: TimelineEntry[]
  now: Instant
}

/** All there is to say of one episode, also of one that later ones followed. A program is offered no command of people. */
export function storyOf(
  { state, escalation }: Found,
  { policy, current, calendars, timeline, now }: StorySetting,
): EscalationStory {
  const { ticketId, escalations } = state
  const upToIt = { ...state, escalations: escalations.slice(0, escalations.indexOf(escalation) + 1) }
  const means = { policy, current, calendarOf: calendars.calendarOf, viewer: null, now }
  return {
    ticketId,
    escalation: viewOf(upToIt, (one) => lifeViewOf(upToIt, one, means))!,
    clocks: clockViewsOf(upToIt, calendars, now),
    timeline,
    refused: refusalsOf(state),
    asOf: new Date(now).toISOString(),
  }
}
