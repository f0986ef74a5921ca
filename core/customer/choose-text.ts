import type { CustomerSettings } from '../policy/customer-policy.ts'
import type { NotificationSettings } from '../policy/notification-policy.ts'
import { TEXTS } from './texts.ts'
import type { MessageKind } from './words.ts'

/** A text and the language it is in. */
export type ChosenText = { tag: string; text: string }

/** Whose words count; the policy's two places for what the customer reads. */
export type TextSettings = { customer: CustomerSettings; notifications: NotificationSettings }

/**
 * The text in the language nearest to the customer's: theirs, else the policy's, else English. Words of the policy in
 * another language than the customer's lose against ours in theirs.
 */
export function chooseText(kind: MessageKind, locale: string | null, policy: TextSettings): ChosenText {
  for (const tag of tagsFor(locale, policy.notifications.locale)) {
    const text = ownText(kind, tag, policy) ?? entry(TEXTS, tag)?.[kind]
    if (text !== undefined) return { tag, text }
  }
  return { tag: 'en', text: TEXTS.en![kind] }
}

function tagsFor(...locales: (string | null)[]): string[] {
  const given = locales.filter((locale) => locale !== null).map((locale) => locale.toLowerCase().replaceAll('_', '-'))
  return given.flatMap((tag) => [tag, tag.split('-')[0]!])
}

/** The confirmation that an escalation reached specialists may be written with the notices too. */
function ownText(kind: MessageKind, tag: string, { customer, notifications }: TextSettings): string | undefined {
  const own = entry(customer.templates, tag)?.[kind]
  if (own !== undefined || kind !== 'escalated') return own
  return entry(notifications.templates, tag)?.['customer-confirmation']?.opening ?? undefined
}

/** A language tag comes from outside; `constructor` is none. */
function entry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
