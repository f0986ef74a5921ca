import type { Answer } from '../command/forms.ts'
import { EscalationId } from '../contract/escalation-id.ts'
import type { SaidFact } from './facts.ts'
import { endOfTicket, objectionToEnd } from './read-said-fact.ts'
import { type CarryOut, recordedAs } from './said.ts'
import type { Objection } from './standing.ts'
import type { TicketState } from './state.ts'
import type { Step } from './step.ts'

/** Said of an escalation that is under way: it goes on, and the record tells what it is like. */
export const sameProblem: CarryOut<'same-problem'> = (state, said) => {
  const pastId = pastIdOf(said.answer, state)
  if (typeof pastId === 'object') return pastId
  const { comment } = said.answer
  return {
    state,
    events: [recordedAs(said, { kind: 'same-problem', commandId: said.id, pastId, stopped: false, comment })],
    effects: [],
  }
}

/** Said where nothing is open: nothing is begun, because how to solve it is known. */
export function stopAsSame(
  state: TicketState,
  fact: SaidFact,
  commandId: string,
  answer: Answer<'same-problem'>,
): Step | Objection {
  const end = endOfTicket(state)
  if (end !== null) return objectionToEnd(end)
  const pastId = pastIdOf(answer, state)
  if (typeof pastId === 'object') return pastId
  const { at, auditId, author } = fact
  const by = { id: author.id, name: author.name }
  const { comment } = answer
  return {
    state: { ...state, stopped: { at, by, commandId, pastId } },
    events: [{ kind: 'same-problem', at, escalationId: null, by, auditId, commandId, pastId, stopped: true, comment }],
    effects: [],
  }
}

/** Whether there is such an escalation is not asked: a record that is built again may not have come to it yet. */
function pastIdOf({ escalation }: Answer<'same-problem'>, state: TicketState): string | Objection {
  const read = EscalationId.safeParse(escalation)
  if (!read.success) {
    return { reason: 'no-escalation-named', detail: 'Name the past escalation by its id, such as ESC-2026-000123.' }
  }
  if (!state.escalations.some(({ id }) => id === read.data)) return read.data
  return { reason: 'own-escalation', detail: `${read.data} is an escalation of this ticket. Name one of another.` }
}
