import { createHash } from 'node:crypto'
import { EffectMarker, Envelope } from '../../core/contract/command.ts'
import type { NoteReading } from '../../core/escalation/facts.ts'
import { canonicalNote } from '../../core/note/canonical.ts'
import { parseHtml } from '../../core/note/parse.ts'
import type { Audit } from '../zendesk/audit.ts'

/** What an update asks of Baton: with an envelope, with a note, or with both. */
export type FoundCommand = { audit: Audit; envelope: Envelope | null; reading: NoteReading }

/** An update of ours: made by our user and marked. Anybody can write the mark; nobody else can be the author. */
export function isOurs(audit: Audit, integrationUserId: number | null): boolean {
  return audit.authorId === integrationUserId && EffectMarker.safeParse(audit.custom.baton_effect).success
}

/** The command an update carries; null for an ordinary one. */
export function findCommand(audit: Audit): FoundCommand | null {
  const carried = audit.custom.baton
  const envelope = Envelope.safeParse(carried)
  const reading = readNote(audit)
  if (carried !== undefined && carried !== null) {
    if (!envelope.success) {
      return { audit, envelope: null, reading: broken('The command that came with it is not one Baton knows.') }
    }
    return { audit, envelope: envelope.data, reading: reading ?? broken('The update carries a command but no note.') }
  }
  return reading && { audit, envelope: null, reading }
}

/** The note among an update's comments; null when they are ordinary comments. */
function readNote({ comments }: Audit): NoteReading | null {
  for (const { html } of comments) {
    const parsed = parseHtml(html)
    if (parsed.kind === 'note') return { ok: true, note: parsed.note, digest: digestOf(canonicalNote(parsed.note)) }
    if (parsed.kind === 'broken') return { ok: false, problems: parsed.problems }
  }
  return null
}

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}

function broken(problem: string): NoteReading {
  return { ok: false, problems: [problem] }
}
