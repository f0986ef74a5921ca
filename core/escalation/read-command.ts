import type { ClockPlan } from '../clock/plan.ts'
import { NoteVerb } from '../contract/command.ts'
import type { Decision } from '../decide/decision.ts'
import type { Completeness } from '../note/completeness.ts'
import type { Note } from '../note/note.ts'
import type { CommandFact } from './facts.ts'
import type { Objection } from './standing.ts'

/** A command that can be carried out: its note was read and judged. */
export type Command = { id: string; note: Note; decision: Decision; completeness: Completeness; plan: ClockPlan }

/** Holds a command against its ticket and its comment; answers why it cannot be believed, if so. */
export function readCommand(fact: CommandFact, id: string, ticketId: number): Command | Objection {
  const { envelope, reading, decision, completeness, plan } = fact
  if (envelope && envelope.ticket !== ticketId) {
    return {
      reason: 'other-ticket',
      detail: `This command was made for ticket ${envelope.ticket}. Open the note on this ticket and send it again.`,
    }
  }
  if (!reading.ok) {
    return {
      reason: 'unreadable-note',
      detail: `The note could not be read: ${reading.problems.join(' ')} Open the note in Baton and send it again.`,
    }
  }
  if (envelope && (envelope.digest !== reading.digest || !NoteVerb.safeParse(envelope.verb).success)) {
    return {
      reason: 'digest-mismatch',
      detail: 'The note is not the one the command was made for. Open the note in Baton and send it again.',
    }
  }
  if (!decision || !completeness || !plan) {
    return {
      reason: 'undecided',
      detail: 'The policy gave no answer to this note. Ask an admin to check the policy, then send the note again.',
    }
  }
  return { id, note: reading.note, decision, completeness, plan }
}
