/** What a customer is told of, in the order of an escalation's life. */
export const MESSAGES = ['escalated', 'update', 'fix-available', 'resolved', 'deescalated'] as const
export type MessageKind = (typeof MESSAGES)[number]

/** Whether the customer knows of the fix after it. */
export function tellsOfFix(kind: MessageKind): boolean {
  return kind === 'fix-available' || kind === 'resolved'
}

/** Whether a message goes out by itself, or is written for somebody who sends it. */
export const SENDINGS = ['auto', 'draft'] as const
export type Sending = (typeof SENDINGS)[number]

/** What of an escalation a draft may hand on to the customer. Everything else stays with us. */
export const SHARED = ['next_steps', 'estimate', 'release_date', 'fix_version', 'what_changes'] as const
export type Shared = (typeof SHARED)[number]

/** Names a template may use in every message: nothing that somebody wrote in an escalation. */
const FACTS = ['ticket', 'contact'] as const

/** Names that a template of a kind may use. A paragraph with one whose value is not known is left out. */
export const MESSAGE_PLACEHOLDERS: Readonly<Record<MessageKind, readonly MessagePlaceholder[]>> = {
  escalated: [...FACTS, 'expected_by', 'next_update'],
  update: [...FACTS, 'next_steps', 'estimate', 'release_date', 'next_update'],
  'fix-available': [...FACTS, 'fix_version', 'what_changes', 'release_date', 'next_update'],
  resolved: [...FACTS, 'fix_version', 'what_changes'],
  deescalated: [...FACTS],
}
export type MessagePlaceholder = (typeof FACTS)[number] | 'expected_by' | 'next_update' | Shared

/** How a policy writes a kind: `fix_available`. */
export function keyOfMessage(kind: MessageKind): string {
  return kind.replaceAll('-', '_')
}

export function readMessageKind(key: string): MessageKind | null {
  return MESSAGES.find((kind) => keyOfMessage(kind) === key) ?? null
}
