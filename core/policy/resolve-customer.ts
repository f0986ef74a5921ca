import { MESSAGE_PLACEHOLDERS, MESSAGES, type MessageKind, readMessageKind, type Sending } from '../customer/words.ts'
import { nearest } from '../nearest.ts'
import { namesIn } from '../notice/placeholders.ts'
import { Severity } from '../severity.ts'
import { type Minutes, parseDuration } from '../units.ts'
import type { CustomerSettings } from './customer-policy.ts'
import type { CustomerEntry } from './customer-schema.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { checkScheduleId } from './resolve-opening-hours.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'customer']
/** What a policy shares that does not say so. */
const DEFAULT_SHARE = ['next_steps', 'estimate'] as const
/** Nobody reads more often, and nobody writes so. */
const LEAST_CADENCE: Minutes = 15

export function resolveCustomer(entry: EscalationEntry, report: Report): CustomerSettings {
  const given = entry.customer ?? {}
  checkScheduleId(given.hours, entry, [...ROOT, 'hours'], report)
  return {
    cadence: resolveCadence(given, report),
    hours: given.hours ?? null,
    aroundTheClock: given.around_the_clock ?? entry.clocks?.around_the_clock ?? [],
    send: resolveSend(given),
    share: given.share ?? DEFAULT_SHARE,
    templates: resolveTemplates(given, report),
  }
}

function resolveCadence({ cadence = {} }: CustomerEntry, report: Report): CustomerSettings['cadence'] {
  const spans = Severity.options.map((severity) => {
    const span = cadence[severity]
    const every = span === undefined ? null : parseDuration(span)
    if (every !== null && every < LEAST_CADENCE) {
      report.refuse([...ROOT, 'cadence', severity], `Customers are written to every ${LEAST_CADENCE} minutes at most`)
    }
    return [severity, every]
  })
  return Object.fromEntries(spans) as CustomerSettings['cadence']
}

function resolveSend({ send = {} }: CustomerEntry): CustomerSettings['send'] {
  const said = new Map(Object.entries(send).map(([key, sending]) => [readMessageKind(key), sending]))
  const entries = MESSAGES.map((kind): [MessageKind, Sending] => [kind, said.get(kind) ?? 'draft'])
  return Object.fromEntries(entries) as CustomerSettings['send']
}

/** Refuses placeholders that do not exist, so that no customer is sent braces. */
function resolveTemplates({ templates = {} }: CustomerEntry, report: Report): CustomerSettings['templates'] {
  return Object.fromEntries(
    Object.entries(templates).map(([locale, texts]) => {
      const words: Partial<Record<MessageKind, string>> = {}
      for (const [key, text] of Object.entries(texts)) {
        const kind = readMessageKind(key)!
        checkText(text!, kind, [...ROOT, 'templates', locale, key], report)
        words[kind] = text!
      }
      return [locale.toLowerCase().replaceAll('_', '-'), words]
    }),
  )
}

function checkText(text: string, kind: MessageKind, path: Path, report: Report): void {
  const known = MESSAGE_PLACEHOLDERS[kind]
  for (const name of namesIn(text)) {
    if ((known as readonly string[]).includes(name)) continue
    report.refuse(path, `There is no placeholder {{${name}}} here; there are ${known.join(', ')}`, nearest(name, known))
  }
  if (/\{\{|\}\}/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))) {
    report.refuse(path, 'A placeholder is a name between two pairs of braces, such as {{ticket}}')
  }
}
