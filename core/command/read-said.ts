import type { Form } from '../form/form.ts'
import { parseForm } from '../form/parse-form.ts'
import { titleOf } from '../form/title.ts'
import { NOTE_TITLE } from '../note/note-form.ts'
import { COMMAND_FORMS, type CommandName, type Said } from './forms.ts'

export type SaidReading = { kind: 'said'; said: Said } | { kind: 'broken'; problems: string[] } | { kind: 'other' }

const byTitle = new Map<string, CommandName>(
  Object.entries(COMMAND_FORMS).map(([name, { title }]) => [title, name as CommandName]),
)
const TITLES = [NOTE_TITLE, ...byTitle.keys()]

/**
 * Reads what a person said from the HTML of a comment: the form whose title it bears. A comment that nearly bears one is
 * `broken`, with sentences for its author. One without such a title is `other`, since people use headings such as
 * "Reason" in ordinary comments; so is a note.
 */
export function readSaid(html: string): SaidReading {
  const title = titleOf(html, TITLES)
  const command = title === null ? undefined : byTitle.get(title)
  if (!command) return { kind: 'other' }
  const parsed = parseForm<unknown>(COMMAND_FORMS[command] as Form<unknown>, html)
  return parsed.kind === 'filled' ? { kind: 'said', said: { command, answer: parsed.filled } as Said } : parsed
}
