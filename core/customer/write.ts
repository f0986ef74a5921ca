import { fillIn, namesIn } from '../notice/placeholders.ts'
import type { Instant } from '../units.ts'
import { chooseText, type TextSettings } from './choose-text.ts'
import type { Customer } from './customer.ts'
import { MESSAGE_PLACEHOLDERS, type MessageKind, type MessagePlaceholder } from './words.ts'

/** The dates a message may name. */
export type MessageDates = {
  expectedBy: Instant | null
  nextUpdate: Instant | null
  estimate: Instant | null
  releaseDate: Instant | null
}

export const NO_DATES: MessageDates = { expectedBy: null, nextUpdate: null, estimate: null, releaseDate: null }

/** What people of ours wrote that a draft may hand on. */
export type SharedWords = { nextSteps: string; fixVersion: string; whatChanges: string }

export type Message = {
  kind: MessageKind
  ticketId: number
  customer: Customer
  dates: MessageDates
  /** Null for a message that goes out without anybody having read it. */
  words: SharedWords | null
}

export type WrittenMessage = {
  /** Language the text is in. */
  locale: string
  text: string
}

/** The text of a message, in the customer's language and time. What it is made of is all in `message` and the policy. */
export function writeMessage(
  { kind, ticketId, customer, dates, words }: Message,
  policy: TextSettings,
): WrittenMessage {
  const { tag, text } = chooseText(kind, customer.locale, policy)
  const date = (at: Instant | null) => (at === null ? '' : writeDate(at, tag, customer))
  const values: Record<MessagePlaceholder, string> = {
    ticket: `#${ticketId}`,
    contact: oneLine(customer.name ?? ''),
    expected_by: date(dates.expectedBy),
    next_update: date(dates.nextUpdate),
    estimate: date(dates.estimate),
    release_date: date(dates.releaseDate),
    next_steps: (words?.nextSteps ?? '').trim(),
    fix_version: oneLine(words?.fixVersion ?? ''),
    what_changes: (words?.whatChanges ?? '').trim(),
  }
  return { locale: tag, text: fillParagraphs(text, kind, values) }
}

/** Leaves out what would name something unknown, and a greeting without a name keeps its words. */
function fillParagraphs(text: string, kind: MessageKind, values: Record<MessagePlaceholder, string>): string {
  const known = MESSAGE_PLACEHOLDERS[kind].filter((name) => values[name] !== '') as string[]
  const allowed = Object.fromEntries(known.map((name) => [name, values[name as MessagePlaceholder]]))
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => (known.includes('contact') ? paragraph : paragraph.replace(/\s*\{\{\s*contact\s*\}\}/g, '')))
    .filter((paragraph) => namesIn(paragraph).every((name) => known.includes(name)))
    .map((paragraph) => fillIn(paragraph, allowed).trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}

/** `Friday 6 March 2026 at 16:00 CET`, in the language of the text and as the customer's country writes it. */
export function writeDate(
  at: Instant,
  tag: string,
  { locale, timezone }: Pick<Customer, 'locale' | 'timezone'>,
): string {
  const isTheirs = locale?.toLowerCase().split(/[-_]/)[0] === tag.split('-')[0]
  const format = (language: string, timeZone: string) =>
    new Intl.DateTimeFormat(language, {
      ...{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ timeZone, timeZoneName: 'short' },
    }).format(at)
  // A locale or a zone that is none, one after the other.
  for (const language of [...(isTheirs ? [locale!.replaceAll('_', '-')] : []), tag, 'en']) {
    for (const zone of [...(timezone === null ? [] : [timezone]), 'UTC']) {
      try {
        return format(language, zone)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
  }
  return ''
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
