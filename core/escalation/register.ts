import { emptyNote } from '../note/note.ts'
import { approvalAfter } from './approvals.ts'
import type { BareMove, Means, Raise, TicketFact } from './facts.ts'
import { handOverTo } from './hand-over.ts'
import { A_RULE, newLife } from './life-state.ts'
import { momentOf } from './moments.ts'
import { respondByOf } from './respond-by.ts'
import { newRouting, routeTicket } from './route.ts'
import { recordedAs } from './said.ts'
import type { Escalation, TicketState } from './state.ts'
import type { Step } from './step.ts'

/**
 * Begins an escalation of a ticket that somebody moved to a higher queue: the same as with a note, but that one is owed
 * whole, and the ticket is there already.
 */
export function register(
  state: TicketState,
  fact: TicketFact,
  { target: { decision, plan }, completeness, from }: BareMove & { target: Raise },
  means: Means,
): Step {
  const by = fact.author ? { id: fact.author.id, name: fact.author.name } : A_RULE
  const commandId = `audit-${fact.auditId}.move`
  const moment = momentOf(fact)
  const open: Escalation = {
    ...newLife(),
    registeredBy: 'move',
    approval: approvalAfter(decision, null, fact.at),
    id: fact.knownAs ?? means.allot().escalationId,
    commandId,
    stage: 'requested',
    note: emptyNote(),
    decision,
    owed: completeness.missing,
    requestedBy: by,
    requestedAt: fact.at,
    respondBy: respondByOf(plan, fact.at, means.calendarOf),
    handOvers: [handOverTo(decision, plan, moment)],
    signals: [],
    stageSince: fact.at,
    from,
    routing: newRouting(commandId, state.ticketId, decision.group, true),
  }
  const said = { open, by, moment, fact }
  const { tier, queue, reasons } = decision
  const owed = completeness.missing.map(({ field }) => field)
  return {
    state: {
      ...state,
      commands: [...state.commands, commandId],
      escalations: [...state.escalations, open],
    },
    events: [
      recordedAs(said, { kind: 'requested', commandId, tier, queue, reasons, score: completeness.score }),
      recordedAs(said, { kind: 'registered', tier, queue, fromGroup: from.groupName, reasons, owed }),
    ],
    effects: [routeTicket(state, open, { afterAuditId: fact.auditId, before: null, isThere: true })],
  }
}
