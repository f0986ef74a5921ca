import { refusalComment } from './comments.ts'
import type { CommandFact, SaidFact } from './facts.ts'
import { verbOf } from './read-said-fact.ts'
import type { Objection } from './standing.ts'
import { openEscalation, type TicketState } from './state.ts'
import type { Step } from './step.ts'

/** Refuses a command: kept in the state, in the record, and said in the ticket as a private comment. */
export function refuse(
  state: TicketState,
  fact: CommandFact | SaidFact,
  commandId: string,
  { reason, detail }: Objection,
): Step {
  const by = { id: fact.author.id, name: fact.author.name }
  const verb = fact.kind === 'said' ? verbOf(fact) : (fact.envelope?.verb ?? 'escalate')
  const escalationId = openEscalation(state)?.id ?? null
  return {
    state: { ...state, refusals: [...state.refusals, { commandId, verb, at: fact.at, by, reason, detail }] },
    events: [{ kind: 'refused', at: fact.at, escalationId, by, auditId: fact.auditId, commandId, reason, detail }],
    effects: [
      {
        kind: 'explain-refusal',
        // A command copied to another ticket carries the same id; each ticket gets its own explanation.
        id: `${commandId}.refusal.${state.ticketId}`,
        escalationId,
        ticketId: state.ticketId,
        afterAuditId: fact.auditId,
        comment: refusalComment(verb, by.name, detail),
      },
    ],
  }
}
