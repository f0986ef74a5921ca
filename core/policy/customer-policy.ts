import type { MessageKind, Sending, Shared } from '../customer/words.ts'
import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'

/** What customers hear from us while an escalation lasts. */
export type CustomerSettings = {
  /** How often, by severity; null promises nothing. */
  cadence: Readonly<Record<Severity, Minutes | null>>
  /** Id of the schedule the cadence counts by; null where every hour counts. */
  hours: string | null
  /** Severities whose cadence counts every hour. */
  aroundTheClock: readonly Severity[]
  send: Readonly<Record<MessageKind, Sending>>
  /** What drafts hand on; automatic messages hand on dates alone. */
  share: readonly Shared[]
  /** Language tag, lower case → kind → text. */
  templates: Readonly<Record<string, Readonly<Partial<Record<MessageKind, string>>>>>
}
