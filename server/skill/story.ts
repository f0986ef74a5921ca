import type { EscalationStory } from '../../core/contract/escalations.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { clockViewsOf } from '../api/clock-view.ts'
import { refusalsOf, viewOf } from '../api/escalation-view.ts'
import { lifeViewOf } from '../api/life-view.ts'
import { readTimeline } from '../api/timeline.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import type { Found } from './find-escalation.ts'

export type StorySetting = { policy: Policy; calendars: AccountCalendars; now: Instant }

/** All there is to say of one episode, also of one that later ones followed. The timeline is that of its ticket. */
export async function storyOf(
  tx: AccountTransaction,
  { state, escalation }: Found,
  { policy, calendars, now }: StorySetting,
): Promise<EscalationStory> {
  const { ticketId, escalations } = state
  const upToIt = { ...state, escalations: escalations.slice(0, escalations.indexOf(escalation) + 1) }
  return {
    ticketId,
    escalation: viewOf(upToIt, (one) => lifeViewOf(upToIt, one, policy))!,
    clocks: clockViewsOf(upToIt, calendars, now),
    timeline: await readTimeline(tx, ticketId),
    refused: refusalsOf(state),
    asOf: new Date(now).toISOString(),
  }
}
