import { createHash } from 'node:crypto'
import { COMMAND_FORMS } from '../../core/command/forms.ts'
import { readSaid } from '../../core/command/read-said.ts'
import { EffectMarker, Envelope, NoteVerb } from '../../core/contract/command.ts'
import type { NoteReading, SaidReading } from '../../core/escalation/facts.ts'
import { canonicalForm } from '../../core/form/canonical-form.ts'
import type { Form } from '../../core/form/form.ts'
import { canonicalNote } from '../../core/note/canonical.ts'
import { parseHtml } from '../../core/note/parse.ts'
import type { Audit } from '../zendesk/audit.ts'

/** What an update asks of Baton: with an envelope, with a note or another form of ours, or with both. */
export type FoundCommand = { audit: Audit; envelope: Envelope | null } & (
  | { kind: 'note'; reading: NoteReading }
  | { kind: 'said'; reading: SaidReading }
)
export type FoundNote = Extract<FoundCommand, { kind: 'note' }>
export type FoundSaid = Extract<FoundCommand, { kind: 'said' }>

/** The mark on an update of ours: made by our user and marked. Anybody can write the mark; nobody else can be the author. */
export function markOf(audit: Audit, integrationUserId: number | null): EffectMarker | null {
  if (audit.authorId !== integrationUserId) return null
  return EffectMarker.safeParse(audit.custom.baton_effect).data ?? null
}

/** The command an update carries; null for an ordinary one. */
export function findCommand(audit: Audit): FoundCommand | null {
  const carried = audit.custom.baton
  const written = readComments(audit)
  if (carried === undefined || carried === null) return written && { audit, envelope: null, ...written }

  const envelope = Envelope.safeParse(carried)
  if (!envelope.success) {
    const reading = broken('The command that came with it is not one Baton knows.')
    return { audit, envelope: null, kind: written?.kind ?? 'note', reading }
  }
  const kind = NoteVerb.safeParse(envelope.data.verb).success ? 'note' : 'said'
  if (written?.kind === kind) return { audit, envelope: envelope.data, ...written }
  const what = kind === 'note' ? 'note' : 'report'
  return { audit, envelope: envelope.data, kind, reading: broken(`The update carries a command but no ${what}.`) }
}

type Written = Pick<FoundNote, 'kind' | 'reading'> | Pick<FoundSaid, 'kind' | 'reading'>

/** The first note or other form among an update's comments; null when they are ordinary comments. */
function readComments({ comments }: Audit): Written | null {
  for (const { html } of comments) {
    const written = readReport(html) ?? readNote(html)
    if (written) return written
  }
  return null
}

function readReport(html: string): Written | null {
  const read = readSaid(html)
  if (read.kind === 'other') return null
  if (read.kind === 'broken') return { kind: 'said', reading: { ok: false, problems: read.problems } }
  const { said } = read
  const digest = digestOf(canonicalForm(COMMAND_FORMS[said.command] as Form<unknown>, said.answer))
  return { kind: 'said', reading: { ok: true, said, digest } }
}

function readNote(html: string): Written | null {
  const parsed = parseHtml(html)
  if (parsed.kind === 'other') return null
  if (parsed.kind === 'broken') return { kind: 'note', reading: { ok: false, problems: parsed.problems } }
  return { kind: 'note', reading: { ok: true, note: parsed.note, digest: digestOf(canonicalNote(parsed.note)) } }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}

function broken(problem: string): { ok: false; problems: string[] } {
  return { ok: false, problems: [problem] }
}
