import { correct } from './correct.ts'
import { evolveGone } from './end.ts'
import { evolveCommand } from './evolve-command.ts'
import { evolveEffect } from './evolve-effect.ts'
import { evolveIssue } from './evolve-issue.ts'
import { evolveSaid } from './evolve-said.ts'
import { evolveTicket } from './evolve-ticket.ts'
import type { AuditedFact, AuditPosition, Fact, Means } from './facts.ts'
import { evolveReplan } from './replan.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'
import { evolveTick } from './tick.ts'

/**
 * Folds one fact into what Baton knows of a ticket. Pure and total: the same facts always give the same state, and a
 * fact that was folded before, or stands at or before the last folded audit, changes nothing.
 */
export function evolve(state: TicketState, fact: Fact, means: Means): Step {
  switch (fact.kind) {
    case 'effect':
      return evolveEffect(state, fact)
    case 'read':
      if (fact.auditId < state.lastAuditId) return unchanged(state)
      return unchanged({ ...state, lastAuditId: fact.auditId, lastPart: Number.MAX_SAFE_INTEGER })
    case 'tick': {
      const standing = correct(state, state, fact.at, means.calendarOf)
      return followedBy(standing, corrected(standing.state, evolveTick(standing.state, fact, means), fact.at, means))
    }
    case 'gone':
      return corrected(state, evolveGone(state, fact, means), fact.at, means)
    case 'replan':
      return corrected(state, evolveReplan(state, fact, means), fact.at, means)
    case 'issue':
      return corrected(state, evolveIssue(state, fact, means), fact.at, means)
    case 'command':
    case 'said':
    case 'ticket': {
      if (isFolded(state, fact)) return unchanged(state)
      const reached = { ...state, lastAuditId: fact.auditId, lastPart: fact.part }
      return corrected(state, evolveAudited(reached, fact, means), fact.at, means)
    }
  }
}

function evolveAudited(state: TicketState, fact: AuditedFact, means: Means): Step {
  switch (fact.kind) {
    case 'command':
      return evolveCommand(state, fact, means)
    case 'said':
      return evolveSaid(state, fact, means)
    case 'ticket':
      return evolveTicket(state, fact, means)
  }
}

/** Folds facts in the order of their audits; what no audit holds follows, in the order given. */
export function evolveAll(state: TicketState, facts: readonly Fact[], means: Means): Step {
  return evolveInOrder(state, inAuditOrder(facts), means)
}

/** Folds facts in the order given. */
export function evolveInOrder(state: TicketState, facts: readonly Fact[], means: Means): Step {
  const total = unchanged(state)
  for (const fact of facts) {
    const step = evolve(total.state, fact, means)
    total.state = step.state
    total.events.push(...step.events)
    total.effects.push(...step.effects)
  }
  return total
}

/** What the fact says about the past may contradict what was told before. */
function corrected(before: TicketState, step: Step, at: number, { calendarOf }: Means): Step {
  return step.state === before ? step : followedBy(step, correct(before, step.state, at, calendarOf))
}

function followedBy(first: Step, second: Step): Step {
  return {
    state: second.state,
    events: [...first.events, ...second.events],
    effects: [...first.effects, ...second.effects],
  }
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
  if (fact.kind === 'command' || fact.kind === 'said' || fact.kind === 'ticket') return fact
  return { auditId: fact.kind === 'read' ? fact.auditId : Infinity, part: Infinity }
}
