import { enterStage, withSignal } from './enter-stage.ts'
import type { TicketFact } from './facts.ts'
import type { Person } from './life-state.ts'
import { momentOf } from './moments.ts'
import { showStage } from './route.ts'
import {
  type Escalation,
  isWorkedOn,
  openEscalation,
  type RoutingState,
  type TicketState,
  withEscalation,
} from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * Somebody was made responsible for a ticket that has arrived where it was sent: the tier has accepted it. Before it
 * arrived, an assignee says nothing about the tier.
 */
export function assigned(state: TicketState, fact: TicketFact, to: number | null, name: string | null): Step {
  const open = openEscalation(state)
  if (!open) return unchanged(state)
  const owner = to === null ? null : { id: to, name: name ?? 'somebody' }
  if (isWorkedOn(open)) return passOn(state, fact, open, owner)
  return owner === null ? unchanged(state) : accept(state, fact, open, owner)
}

function accept(state: TicketState, fact: TicketFact, open: Escalation, owner: Person): Step {
  const { at, author, auditId } = fact
  if (open.stage !== 'requested' || !hasArrived(open.routing)) return unchanged(state)
  if (!author || author.role === 'end-user') return unchanged(state)

  const accepted = { ...withSignal(enterStage(open, 'accepted', at), momentOf(fact), 'accepted'), owner }
  const by = { id: author.id, name: author.name }
  const isTheirs = owner.id === author.id
  return {
    state: withEscalation(state, accepted),
    events: [{ kind: 'accepted', at, escalationId: open.id, by, auditId, ...(!isTheirs && { owner: owner.name }) }],
    effects: [showStage(state, accepted, { source: `audit-${auditId}`, afterAuditId: auditId })],
  }
}

function passOn(state: TicketState, { at, author, auditId }: TicketFact, open: Escalation, owner: Person | null): Step {
  if (open.owner?.id === owner?.id) return unchanged(state)
  const by = author && { id: author.id, name: author.name }
  const [from, to] = [open.owner?.name ?? null, owner?.name ?? null]
  return {
    state: withEscalation(state, { ...open, owner }),
    events: [{ kind: 'owner-changed', at, escalationId: open.id, by, auditId, from, to }],
    effects: [],
  }
}

function hasArrived({ state, isThere }: RoutingState): boolean {
  return isThere === true || state === 'done' || state === 'differs'
}
