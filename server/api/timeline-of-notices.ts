import type { TimelineEntry } from '../../core/contract/api.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import { type Channel, NOTICE_KINDS, type NoticeKind } from '../../core/notice/words.ts'
import type { Instant } from '../../core/units.ts'
import type { ListedNotice } from '../notify/list-notices.ts'

export type NoticeEntry = { at: Instant; entry: TimelineEntry }

/** What people were told, and what they were not told and why, oldest first; one line for all who share a fate. */
export function tellOfNotices(notices: readonly ListedNotice[]): NoticeEntry[] {
  const fates = Map.groupBy(notices, (one) =>
    [one.escalationId, one.kind, one.channel, one.state, one.why, one.waitsUntil, one.attempts, at(one)].join('/'),
  )
  return [...fates.values()].map((same) => ({ at: at(same[0]!), entry: entryOf(same) })).toSorted((a, b) => a.at - b.at)
}

function entryOf(same: readonly ListedNotice[]): TimelineEntry {
  const to = [...new Set(same.map(({ recipient }) => recipient))].join(', ')
  return {
    at: new Date(at(same[0]!)).toISOString(),
    kind: `notice-${same[0]!.state}`,
    by: null,
    text: tell(same[0]!, to),
  }
}

/** When it got to where it is. */
function at({ settledAt, createdAt }: ListedNotice): Instant {
  return settledAt ?? createdAt
}

function tell({ kind, channel, state, why, attempts, waitsUntil }: ListedNotice, recipients: string): string {
  const what = NOTICE_KINDS.some((known) => known === kind) ? WHAT[kind as NoticeKind] : kind
  // Where a channel has one place, its name says no more than the channel does.
  const to = recipients === channel ? '' : ` to ${recipients}`
  const notice = `Notice of ${what}${to} over ${CHANNEL[channel]}`
  switch (state) {
    case 'accepted':
      return `${notice}: delivered`
    case 'failed':
      return `${notice}: failed after ${times(attempts)}, because ${reason(why)}`
    case 'suppressed':
      return `${notice}: not sent, because ${reason(why)}`
    case 'sent':
      return `${notice}: on its way${why === null ? '' : `; tried ${times(attempts)}, last time ${reason(why)}`}`
    case 'queued':
      if (why !== null) return `${notice}: waits to be tried again after ${times(attempts)}, because ${reason(why)}`
      return waitsUntil === null
        ? `${notice}: waits for its turn`
        : `${notice}: waits until ${writeInstant(waitsUntil)}, when people are at work`
  }
}

function times(attempts: number): string {
  return attempts === 1 ? 'one try' : `${attempts} tries`
}

/** A word that has no sentence here is the channel's own. */
function reason(why: string | null): string {
  if (why === null) return 'of a reason that was not kept'
  return Object.hasOwn(REASON, why) ? REASON[why]! : `the channel answered ${why}`
}

const REASON: Readonly<Record<string, string>> = {
  'dry-run': 'the policy only tries notices out (dry_run)',
  'nobody-holds-role': 'nobody holds the role',
  'no-address': 'the policy names no address for them there',
  'not-configured': 'the server was not given what the channel needs',
  overtaken: 'somebody had accepted it by then',
  'too-late': 'people did it more than a day before it became known',
  timeout: 'the channel did not answer in time',
  'no-answer': 'the channel did not answer',
  unavailable: 'the channel could not take it just then',
  'rate-limited': 'the channel asked to wait',
  'address-refused': 'the mail server refused the address',
  'not-signed-in': 'the mail server refused user or password',
  'invalid-routing-key': 'PagerDuty does not know the key',
  'internal-error': 'something went wrong in Baton',
}

const CHANNEL: Record<Channel, string> = {
  zendesk: 'a comment on the ticket',
  slack: 'Slack',
  slack_webhook: 'Slack’s webhook',
  pagerduty: 'PagerDuty',
  email: 'e-mail',
  webhook: 'the webhook',
}

const WHAT: Record<NoticeKind, string> = {
  handoff: 'the hand-off',
  'on-call': 'the on-call step',
  'nobody-notified': 'an on-call step that reached nobody',
  misrouted: 'a ticket that is not where it should be',
  accepted: 'the acceptance',
  returned: 'the return',
  progress: 'progress',
  help: 'the call for help',
  approval: 'the approval that is asked for',
  'management-summary': 'the escalation, for management,',
  'executive-briefing': 'the escalation, for executives,',
  'customer-confirmation': 'a draft for the customer',
  'ageing-reminder': 'a timer that fired',
  'breach-warning': 'a target in danger or missed',
  resolved: 'the resolution',
  'de-escalation': 'the de-escalation',
}
