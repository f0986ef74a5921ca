import { amend } from './amend.ts'
import { approvalAfter, approvalAsked } from './approvals.ts'
import { awaitsNote } from './awaits-note.ts'
import type { CommandFact, Means } from './facts.ts'
import { handOverTo } from './hand-over.ts'
import { newLife } from './life-state.ts'
import { momentOf } from './moments.ts'
import type { Command } from './read-command.ts'
import { refuse } from './refuse.ts'
import { respondByOf } from './respond-by.ts'
import { newRouting, routeTicket } from './route.ts'
import { recordedAs } from './said.ts'
import { isBelowBar, listMissing, owedBy } from './shortfall.ts'
import { type Escalation, openEscalation, type TicketState } from './state.ts'
import type { Step } from './step.ts'
import { writeInstant } from './write-instant.ts'

/** Begins an escalation: one at a time on a ticket, and only with a note at the bar or severe enough to go at once. */
export function escalate(state: TicketState, fact: CommandFact, command: Command, means: Means): Step {
  const { note, decision, completeness, plan } = command
  const open = openEscalation(state)
  // A note without the app cannot say that it completes another.
  if (open && awaitsNote(open)) return amend(state, fact, command, means)
  if (open) {
    return refuse(state, fact, command.id, {
      reason: 'already-escalated',
      detail:
        `${open.requestedBy.name} already escalated this ticket on ${writeInstant(open.requestedAt)} (${open.id}). ` +
        'Add what you know to that escalation instead.',
    })
  }
  if (isBelowBar(completeness) && !fact.sentAtOnce) {
    return refuse(state, fact, command.id, {
      reason: 'below-bar',
      detail:
        `The note scores ${completeness.score} of 100 and needs ${completeness.bar}. ` +
        `Missing: ${listMissing(completeness.missing)}. Add these and send the note again.`,
    })
  }

  const by = { id: fact.author.id, name: fact.author.name }
  const escalation: Escalation = {
    ...newLife(),
    approval: approvalAfter(decision, null, fact.at),
    id: fact.knownAs ?? means.allot().escalationId,
    commandId: command.id,
    stage: 'requested',
    note,
    decision,
    owed: owedBy(completeness),
    requestedBy: by,
    requestedAt: fact.at,
    respondBy: respondByOf(plan, fact.at, means.calendarOf),
    handOvers: [handOverTo(decision, plan, momentOf(fact))],
    signals: [],
    stageSince: fact.at,
    from: fact.ticket,
    routing: newRouting(command.id, state.ticketId, decision.group),
  }
  return {
    state: { ...state, escalations: [...state.escalations, escalation] },
    events: [
      {
        kind: 'requested',
        at: fact.at,
        escalationId: escalation.id,
        by,
        auditId: fact.auditId,
        commandId: command.id,
        tier: decision.tier,
        queue: decision.queue,
        reasons: decision.reasons,
        score: completeness.score,
      },
      ...approvalAsked(escalation.approval, null).map((body) => recordedAs({ open: escalation, by, fact }, body)),
    ],
    effects: [routeTicket(state, escalation, { afterAuditId: fact.auditId, before: null })],
  }
}
