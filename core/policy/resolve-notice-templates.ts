import { nearest } from '../nearest.ts'
import { namesIn, placeholdersOf } from '../notice/placeholders.ts'
import { keyOfKind, NOTICE_KINDS, readKind } from '../notice/words.ts'
import type { NotificationSettings } from './notification-policy.ts'
import type { NotificationsEntry } from './notifications-schema.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'

type Given = NonNullable<NotificationsEntry['templates']>
type Words = NotificationSettings['templates'][string]

/** Refuses kinds and placeholders that do not exist, so that nobody is sent braces. */
export function checkTemplates(given: Given, root: Path, report: Report): NotificationSettings['templates'] {
  const templates: Record<string, Words> = {}
  for (const [locale, kinds] of Object.entries(given)) {
    const words: { -readonly [K in keyof Words]: Words[K] } = {}
    for (const [word, { subject = null, opening = null }] of Object.entries(kinds)) {
      const path = [...root, locale, word]
      const read = readKind(word)
      if (!read || read.tier !== null) {
        report.refuseKey(path, `There is no kind of notice "${word}"`, nearest(word, NOTICE_KINDS.map(keyOfKind)))
        continue
      }
      const known = placeholdersOf(read.kind)
      checkText(subject, known, [...path, 'subject'], report)
      checkText(opening, known, [...path, 'opening'], report)
      words[read.kind] = { subject, opening }
    }
    templates[locale.toLowerCase()] = words
  }
  return templates
}

function checkText(text: string | null, known: readonly string[], path: Path, report: Report): void {
  for (const name of namesIn(text ?? '')) {
    if (known.includes(name)) continue
    report.refuse(path, `There is no placeholder {{${name}}} here; there are ${known.join(', ')}`, nearest(name, known))
  }
  if (/\{\{|\}\}/.test((text ?? '').replace(/\{\{[^{}]*\}\}/g, ''))) {
    report.refuse(path, 'A placeholder is a name between two pairs of braces, such as {{ticket}}')
  }
}
