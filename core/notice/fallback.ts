import { pageOf } from './kinds.ts'
import type { Notice } from './notice.ts'
import { labelOfAll } from './notices-for.ts'

/**
 * What takes the place of a notice that its channel did not take; empty when nothing is left. The next step's notices
 * have ids of their own, so two that fail towards the same place are told there once.
 *
 * @param why for the people who get it elsewhere
 */
export function fallbackOf(notice: Notice, why: string): Notice[] {
  const [ways = [], ...steps] = notice.fallback.steps
  return ways.map((way) => ({
    ...notice,
    ...way,
    id: `${notice.about}/${way.channel}/${way.place}`,
    recipient: labelOfAll(way),
    opening: withWhy(notice, why),
    isThreaded: false,
    page: way.channel === 'pagerduty' && notice.kind !== 'state' ? pageOf(notice.kind) : null,
    notBefore: null,
    fallback: { ...notice.fallback, steps },
  }))
}

/** A text for the customer stays what it is. */
function withWhy({ kind, opening, channel }: Notice, why: string): string {
  if (kind === 'customer-confirmation') return opening
  return `${opening}\n\nSent here because ${CHANNEL_NAMES[channel]} did not take it (${why}).`.trim()
}

const CHANNEL_NAMES = {
  zendesk: 'Zendesk',
  slack: 'Slack',
  slack_webhook: 'Slack’s webhook',
  pagerduty: 'PagerDuty',
  email: 'the mail server',
  webhook: 'the webhook',
} as const
