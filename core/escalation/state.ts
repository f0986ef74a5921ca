import type { CancelReason } from '../clock/clock-event.ts'
import type { ClockPlan } from '../clock/plan.ts'
import type { ClockSignal } from '../clock/targets.ts'
import type { Stage } from '../contract/api.ts'
import type { Verb } from '../contract/command.ts'
import type { Decision } from '../decide/decision.ts'
import type { MissingItem } from '../note/completeness.ts'
import type { Note } from '../note/note.ts'
import type { Instant } from '../units.ts'
import type { Author, Difference, HandedOver } from './facts.ts'
import { type Life, newLife } from './life-state.ts'

/** What became of the one safe update that carries a decision to the ticket. */
export type RoutingState = {
  effectId: string
  /** Name of the group it is to arrive in; null when it stays. Left out by older states: that of the decision. */
  group?: string | null
  /** Somebody moved the ticket there by hand, so it has arrived whatever becomes of the update. */
  isThere?: true
  state: 'pending' | 'done' | 'differs' | 'refused' | 'failed'
  reason: string | null
  detail: string | null
  attempts: number
  differences: Difference[]
}

/** When something happened, and its place among what happened at the same instant. */
export type Moment = { at: Instant; order: number; by: string | null }

/** Something that happened to the ticket and moves clocks, whether or not an escalation was open. */
export type TicketMoment = Moment &
  (
    | { what: 'created'; status: string }
    | { what: 'status'; status: string }
    /** Somebody of ours answered in public. */
    | { what: 'replied' }
    /** Baton wrote to the customer by itself: they have heard from us, and nobody has answered them. */
    | { what: 'told' }
    | { what: 'customer-spoke' }
    | { what: 'ended'; why: CancelReason }
    /** The ticket goes on from a closed one, whose moments come before this one. */
    | { what: 'follow-up'; status: string }
  )

/** A tier taking over, within one episode. Its clocks run from here. */
export type HandOver = Moment & {
  tier: number
  queue: string
  /** Id of the countdown that had Baton raise it; null when a person asked. */
  raisedFor: string | null
  /** What its clocks count by, and from when; the last one holds. */
  plans: (Moment & { plan: ClockPlan })[]
}

/** One episode on a ticket, from hand-off to closed. */
export type Escalation = Life & {
  id: string
  commandId: string
  stage: Stage
  note: Note
  decision: Decision
  owed: MissingItem[]
  requestedBy: Pick<Author, 'id' | 'name'>
  requestedAt: Instant
  respondBy: Instant | null
  /** The tiers that had it, in order; the last one has it now. */
  handOvers: HandOver[]
  /** What people reported that moves clocks: accepted, cause found … */
  signals: (Moment & { signal: ClockSignal })[]
  /** When it came into its stage. */
  stageSince: Instant
  from: HandedOver
  routing: RoutingState
}

export type Refusal = {
  commandId: string | null
  verb: Verb
  at: Instant
  by: Pick<Author, 'id' | 'name'>
  reason: string
  detail: string
}

/** Somebody found the problem of a past escalation here, and did not escalate. */
export type Stopped = { at: Instant; by: Pick<Author, 'id' | 'name'>; commandId: string; pastId: string }

/** Everything Baton knows of one ticket; the fold of its facts. */
export type TicketState = {
  ticketId: number
  /** The last audit that was folded, and the last part of it; facts at or before that change nothing. */
  lastAuditId: number
  lastPart: number
  /** Ids of the commands already carried out or refused, newest last. */
  commands: string[]
  escalations: Escalation[]
  refusals: Refusal[]
  /** Null where that never happened; an escalation that is asked for later overrules it. */
  stopped: Stopped | null
  /** Everything that moved clocks, from the creation of the ticket on. */
  moments: TicketMoment[]
  /** Ids of the countdowns that have been told of (`countdown.ts`). */
  told: string[]
  /** The latest instant at which anything could be told; what a later fact says of the time before comes late. */
  toldUpTo: Instant
}

export function newTicketState(ticketId: number): TicketState {
  return {
    ticketId,
    lastAuditId: 0,
    lastPart: 0,
    commands: [],
    escalations: [],
    refusals: [],
    stopped: null,
    moments: [],
    told: [],
    toldUpTo: 0,
  }
}

/** A state as it was kept, with what states did not have then. */
export function restored(ticketId: number, { escalations = [], ...kept }: Partial<TicketState>): TicketState {
  return {
    ...newTicketState(ticketId),
    ...kept,
    escalations: escalations.map((escalation) => ({ ...newLife(), ...escalation })),
  }
}

export const ENDED: readonly Stage[] = ['closed', 'rejected']
const WORKED_ON: readonly Stage[] = ['accepted', 'investigating', 'fixing']
const RESOLVING: readonly Stage[] = ['fixing', 'resolved', 'monitoring']

/** The escalation that is under way; there is at most one. */
export function openEscalation(state: TicketState): Escalation | null {
  return state.escalations.findLast(isOpen) ?? null
}

export function isOpen({ stage }: Escalation): boolean {
  return !ENDED.includes(stage)
}

/** Somebody has taken it and has not finished. */
export function isWorkedOn({ stage }: Escalation): boolean {
  return WORKED_ON.includes(stage)
}

/** The tier that has it now. */
export function presentHandOver({ handOvers }: Escalation): HandOver {
  return handOvers.at(-1)!
}

/** What its clocks count by at present. */
export function presentPlan(escalation: Escalation): ClockPlan {
  return presentHandOver(escalation).plans.at(-1)!.plan
}

/** Whether somebody is on the way to a solution, so that a warning alone takes it nowhere else. */
export function hasResolutionPath(escalation: Escalation): boolean {
  return RESOLVING.includes(escalation.stage) || (isWorkedOn(escalation) && escalation.estimate !== null)
}

/** The state with one of its escalations replaced by its newer self. */
export function withEscalation(state: TicketState, changed: Escalation): TicketState {
  return {
    ...state,
    escalations: state.escalations.map((escalation) => (escalation.id === changed.id ? changed : escalation)),
  }
}
