import type { EscalationEvent } from '../escalation/events.ts'
import type { Escalation } from '../escalation/state.ts'
import type { Policy } from '../policy/policy.ts'
import { cardOf } from './card.ts'
import { changesTheCard, markOf, pageActionOf } from './kinds.ts'
import type { Notice } from './notice.ts'
import { noticesFor } from './notices-for.ts'
import type { NoticeSetting } from './setting.ts'
import { suppressionOf } from './suppression.ts'
import type { Channel } from './words.ts'

/** Something outside that was begun for an escalation and must keep up with it: a thread, or a page for a hand-over. */
export type Opened = { channel: Channel; place: string; handOver: number }

/**
 * All that an event leads to: what the policy has told, and whatever was begun earlier kept up to date, by whichever way
 * it was begun. A page is acknowledged and resolved, and the top of a thread says how the escalation stands.
 */
export function noticesOf(
  event: EscalationEvent,
  escalation: Escalation,
  policy: Policy,
  setting: NoticeSetting,
  opened: readonly Opened[],
): Notice[] {
  const notices = noticesFor(event, escalation, policy, setting)
  const isTold = (channel: Channel, place: string) =>
    notices.some((notice) => notice.channel === channel && notice.place === place && notice.suppressed === null)
  const action = pageActionOf(event)
  return [
    ...notices,
    ...opened.flatMap(({ channel, place, handOver }): Notice[] => {
      const about = `${escalation.id}/${markOf(event)}/state`
      const follow = { about, channel, place, handOver, ...blank(event, escalation, policy, setting) }
      if (channel === 'pagerduty' && action !== null) {
        return [{ ...follow, id: `${about}/${channel}/${place}/${handOver}`, page: action }]
      }
      if (channel === 'slack' && changesTheCard(event) && !isTold(channel, place)) {
        return [{ ...follow, id: `${about}/${channel}/${place}`, isThreaded: true }]
      }
      return []
    }),
  ]
}

/** Says nothing new to anybody, so it waits for no hours. */
function blank(event: EscalationEvent, escalation: Escalation, policy: Policy, setting: NoticeSetting) {
  const { summary } = escalation.note.issue
  return {
    escalationId: escalation.id,
    ticketId: setting.ticketId,
    kind: 'state' as const,
    recipient: '',
    recipients: [],
    urgency: 'low' as const,
    subject: `${escalation.id}: ${summary.replace(/\s+/g, ' ').trim()}`,
    opening: '',
    sections: [],
    card: cardOf(escalation, setting),
    isThreaded: false,
    page: null,
    happenedAt: event.at,
    notBefore: null,
    suppressed: suppressionOf(event, policy, setting.now),
    fallback: { steps: [], afterMs: null },
  }
}
