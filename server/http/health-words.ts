import type { WebhookOutcome } from '../metrics.ts'
import type { Health } from '../openapi/health.ts'

export const TIMER_STATES: Record<Health['timers']['state'], string> = {
  ok: 'On time',
  late: 'Something is told later than it should be',
  frozen: 'They stand still: nothing is told',
  unknown: 'Nobody has looked yet',
}

export const ZENDESK_STATES: Record<Health['zendesk'], string> = {
  'signed-in': 'Signed in',
  expired: 'The sign-in has expired; the next call renews it',
  never: 'Never signed in',
  unknown: 'Unknown',
}

export const READING_STATES: Record<Health['catchUp']['state'], string> = {
  current: 'Read to the end',
  behind: 'Not read to the end',
  denied: 'Cannot be read: the integration user may not read exports',
  never: 'Never looked for',
  unknown: 'Unknown',
}

export const SCHEDULE_STATES: Record<Health['schedules']['state'], string> = {
  ok: 'As the policy names them',
  trouble: 'Some are not as the policy names them',
  never: 'None were read from Zendesk yet',
  unknown: 'Unknown',
}

export const WEBHOOK_WORDS: Record<WebhookOutcome, string> = {
  accepted: 'Stored',
  duplicate: 'Came again',
  unsigned: 'Refused: without a signature',
  'bad-signature': 'Refused: signed with another secret',
  stale: 'Refused: too old',
  'test-secret': 'Refused: signed with the published test secret',
  'unknown-account': 'Refused: of an account we do not know',
  'too-large': 'Refused: too large',
  invalid: 'Refused: not what our trigger sends',
  unavailable: 'Could not be stored',
}

export const FINDING_WORDS: Record<Health['timers']['findings'][number]['kind'], string> = {
  failed: 'Could not be told; it is tried again',
  stuck: 'Was told and is due all the same',
  overdue: 'Is overdue',
  undelivered: 'Was told, but the comment is not in the ticket',
  repaired: 'Waited for the wrong instant; repaired',
}
