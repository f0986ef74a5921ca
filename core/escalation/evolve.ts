import { evolveCommand } from './evolve-command.ts'
import { evolveEffect } from './evolve-effect.ts'
import { evolveGone, evolveTicket } from './evolve-ticket.ts'
import type { Allotment, AuditPosition, Fact } from './facts.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * Folds one fact into what Baton knows of a ticket. Pure and total: the same facts always give the same state, and a
 * fact that was folded before, or stands at or before the last folded audit, changes nothing.
 *
 * @param allot called once, only when a new escalation begins
 */
export function evolve(state: TicketState, fact: Fact, allot: () => Allotment): Step {
  switch (fact.kind) {
    case 'effect':
      return evolveEffect(state, fact)
    case 'gone':
      return evolveGone(state, fact)
    case 'read':
      if (fact.auditId < state.lastAuditId) return unchanged(state)
      return unchanged({ ...state, lastAuditId: fact.auditId, lastPart: Number.MAX_SAFE_INTEGER })
    case 'command':
    case 'ticket': {
      if (isFolded(state, fact)) return unchanged(state)
      const reached = { ...state, lastAuditId: fact.auditId, lastPart: fact.part }
      return fact.kind === 'command' ? evolveCommand(reached, fact, allot) : evolveTicket(reached, fact)
    }
  }
}

/** Folds facts in the order of their audits; outcomes of effects follow, in the order given. */
export function evolveAll(state: TicketState, facts: readonly Fact[], allot: () => Allotment): Step {
  const total: Step = unchanged(state)
  for (const fact of inAuditOrder(facts)) {
    const step = evolve(total.state, fact, allot)
    total.state = step.state
    total.events.push(...step.events)
    total.effects.push(...step.effects)
  }
  return total
}

function isFolded(state: TicketState, { auditId, part }: AuditPosition): boolean {
  return auditId < state.lastAuditId || (auditId === state.lastAuditId && part <= state.lastPart)
}

function inAuditOrder(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((a, b) => {
    const [left, right] = [position(a), position(b)]
    return compare(left.auditId, right.auditId) || compare(left.part, right.part)
  })
}

/** Infinite positions would differ by NaN. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function position(fact: Fact): AuditPosition {
  if (fact.kind === 'command' || fact.kind === 'ticket') return fact
  return { auditId: fact.kind === 'read' ? fact.auditId : Infinity, part: Infinity }
}
