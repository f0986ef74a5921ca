import type { Policy } from '../policy/policy.ts'
import type { Instant } from '../units.ts'
import { type CustomerPlaceholder, fillIn } from './placeholders.ts'
import { CONFIRMATIONS } from './templates.ts'

/**
 * All that a text for the customer is made of. Nothing else reaches its template, so nothing that was written for
 * ourselves can.
 */
export type ForCustomer = {
  ticketId: number
  contact: string
  /** Of the customer: `de`, `pt-br`. */
  locale: string
  /** IANA name. */
  timezone: string
  expectedBy: Instant | null
}

/** Tells the customer that specialists have it, in their language; in the policy's where we do not have theirs. */
export function confirmToCustomer(
  customer: ForCustomer,
  { notifications }: Pick<Policy, 'notifications'>,
): { subject: string; text: string } {
  const tags = [
    customer.locale,
    languageOf(customer.locale),
    notifications.locale,
    languageOf(notifications.locale),
    'en',
  ]
  const theirs = first(tags, (tag) => own(notifications.templates, tag)?.['customer-confirmation'])
  const ours = first(tags, (tag) => own(CONFIRMATIONS, tag))!
  // Words of the policy in another language than the customer's lose against ours in theirs.
  const isNearer = theirs !== null && tags.indexOf(theirs.tag) <= tags.indexOf(ours.tag)
  const values: Record<CustomerPlaceholder, string> = {
    ticket: `#${customer.ticketId}`,
    contact: customer.contact,
    expected_by: customer.expectedBy === null ? '' : writeFor(customer, customer.expectedBy),
  }
  return {
    subject: fillIn((isNearer ? theirs.found.subject : null) ?? ours.found.subject, values),
    text: fillIn((isNearer ? theirs.found.opening : null) ?? ours.found.opening, values),
  }
}

/** A date and time as the customer writes it, with its zone. */
function writeFor({ locale, timezone }: ForCustomer, at: Instant): string {
  const format = (tag: string, timeZone: string) =>
    new Intl.DateTimeFormat(tag, {
      ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ timeZone, timeZoneName: 'short' },
    }).format(at)
  try {
    return format(locale, timezone)
  } catch (error) {
    // A locale or a zone that is none.
    if (error instanceof RangeError) return format('en', 'UTC')
    throw error
  }
}

function first<T>(
  tags: readonly string[],
  find: (tag: string) => T | null | undefined,
): { tag: string; found: T } | null {
  for (const tag of tags) {
    const found = find(tag.toLowerCase())
    if (found) return { tag, found }
  }
  return null
}

function languageOf(locale: string): string {
  return locale.toLowerCase().split(/[-_]/)[0]!
}

/** A locale is a word from outside; `constructor` is none. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(record, key) ? record[key]! : null
}
