import { isSame } from '../clock/same.ts'
import { emptyNote } from '../note/note.ts'
import type { Escalation } from './state.ts'

/** The next note on the ticket, whatever it calls itself, is the one this escalation waits for. */
export function awaitsNote(escalation: Escalation): boolean {
  return escalation.stage === 'returned' || owesNote(escalation)
}

/** Its note was never written: the ticket was moved, and whoever moved it was asked for one. */
export function owesNote({ registeredBy, note }: Escalation): boolean {
  return registeredBy === 'move' && isSame(note, emptyNote())
}
