import type { ZendeskDifference } from '../clock/zendesk-differences.ts'
import type { RecordReason } from './check-clocks.ts'
import type { EventTrouble } from './check-events.ts'
import type { ReportReason } from './check-report.ts'
import type { CheckReason } from './check-zendesk.ts'

/** Why the record and the ticket's updates may differ, in a sentence. */
export const RECORD_REASONS: Readonly<Record<RecordReason, string>> = {
  policy: 'A version of the policy was applied to it while it was open; the ticket does not say so.',
  tracker: 'An issue tracker told of the fix; no update of the ticket says so.',
  timer: 'A timer raised it, and the update that told so is not in the ticket.',
}

/** Why one of Zendesk's clocks is not reckoned, or may come out otherwise. */
export const CHECK_REASONS: Readonly<Record<CheckReason, string>> = {
  merged: 'The ticket was merged; what that does to its SLA clocks, Zendesk does not say.',
  deleted: "A deleted ticket's clocks stand still without an event.",
  'no-schedule': 'It counts business time, and no schedule is known by which.',
  'not-reckoned': 'Needs every change of group or every word to the customer, which the record does not keep.',
}

export const EVENT_TROUBLES: Readonly<Record<EventTrouble, string>> = {
  'no-such-update': 'Zendesk has no such update',
  'other-time': 'the update was made at another time',
  'other-author': 'somebody else made the update',
  'breach-moved': 'told for another instant than the clock comes to',
  'breach-untold': 'the clock was used up, and nobody was told',
}

/** Why a figure of a report and the same from events may differ. */
export const REPORT_REASONS: Readonly<Record<ReportReason, string>> = {
  recent: 'recorded less than five minutes ago, and measured soon',
  'no-history': "Zendesk's export has not told of the ticket yet",
}

const DIFFERENCES: Readonly<Record<ZendeskDifference['what'], string>> = {
  start: 'Zendesk counts from the creation of the ticket or its first word, a tier from the hand-over',
  'no-target': "no SLA policy of Zendesk's fits the ticket",
  'applied-later': 'Zendesk applied its target after it had begun to count',
  target: 'another target',
  counts: 'one counts open hours, the other every hour',
  schedules: 'Zendesk counts all business time by the last schedule of the ticket',
  pauses: 'they rest in other statuses',
  end: "Baton's ends when it is accepted or resolved, Zendesk's with a public reply or when it is solved",
  unexplained: 'unexplained',
}

/** A reason of the agreement, in words; itself where there are none. */
export function wordsOfReason(reason: string): string {
  const known: Readonly<Record<string, string>> = { ...CHECK_REASONS, ...DIFFERENCES }
  return known[reason] ?? reason
}
