import type { Note } from '../../core/note/note.ts'
import { NOTE_FORM } from '../../core/note/note-form.ts'
import type { Session } from '../zaf/session.ts'
import { tidy } from './forms.ts'

/** What the app knows of a hand-over besides the agent's words. */
export type Handover = { session: Session; fromTier: number; toTier: number | null; at: string }

/** The note as it goes into the ticket: tidied, with who hands it from where to where, and when. */
export function finishedNote(note: Note, { session, fromTier, toTier, at }: Handover): Note {
  return {
    ...tidy(NOTE_FORM, note),
    ticket_id: String(session.ticketId),
    escalated_from: `L${fromTier}`,
    escalated_to: toTier === null ? '' : `L${toTier}`,
    escalated_by: session.user.name,
    timestamp: at,
  }
}
