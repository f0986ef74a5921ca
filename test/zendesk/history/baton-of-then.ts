import type { CalendarOf } from '../../../core/clock/sla.ts'
import { nextDueAt } from '../../../core/escalation/countdown.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import type { Effect } from '../../../core/escalation/effects.ts'
import { evolveAll } from '../../../core/escalation/evolve.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { type Escalation, newTicketState, openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import { type Instant, SECOND_MS } from '../../../core/units.ts'
import { carryOut } from '../../../server/act/carry-out.ts'
import type { Installation } from '../../../server/admin/installation.ts'
import { readFacts, type Sources } from '../../../server/observe/read-facts.ts'
import { raiseFor } from '../../../server/policy/raise-for.ts'
import type { World } from '../world.ts'
import type { Agenda } from './agenda.ts'
import { pocketZendesk } from './pocket-zendesk.ts'

/** A Baton that works while a history is written. */
export type BatonOfThen = {
  /** An update of the ticket reached Baton: it looks at it a moment later, and does what follows. */
  notice(ticketId: number): void
  /** What it knows of a ticket; null before it first looked. */
  stateOf(ticketId: number): TicketState | null
  openOn(ticketId: number): Escalation | null
  /** Every ticket it knows. */
  states(): Iterable<TicketState>
}

export type Setting = {
  world: World
  agenda: Agenda
  policy: Policy
  calendarOf: CalendarOf
  installation: Installation
}

/** How long a webhook takes, and how long the update that follows from it. */
const LOOK_AFTER_MS = SECOND_MS
const ACT_AFTER_MS = SECOND_MS

/**
 * Reads tickets, decides and updates them by the server's own code, with an account in memory in place of HTTP and a map
 * in place of the database: what it leaves in a ticket is what a server left there.
 */
export function batonOfThen({ world, agenda, policy, calendarOf, installation }: Setting): BatonOfThen {
  const known = new Map<number, TicketState>()
  const nextTick = new Map<number, Instant>()
  const counted = new Map<number, number>()
  const zendesk = pocketZendesk(world, installation.integrationUserId!)
  const policyOf = async () => policy
  const means = { allot, calendarOf }
  return { notice, stateOf, openOn, states: () => known.values() }

  function notice(ticketId: number): void {
    agenda.at(agenda.clock.now() + LOOK_AFTER_MS, () => look(ticketId))
  }

  function stateOf(ticketId: number): TicketState | null {
    return known.get(ticketId) ?? null
  }

  function openOn(ticketId: number): Escalation | null {
    const state = known.get(ticketId)
    return state ? openEscalation(state) : null
  }

  async function look(ticketId: number): Promise<void> {
    const state = known.get(ticketId) ?? newTicketState(ticketId)
    const sources: Sources = {
      ...{ zendesk, policyOf, calendarOf, integrationUserId: installation.integrationUserId },
      now: agenda.clock.now(),
      programOf: async () => null,
      watchedSince: 0,
      trackerHosts: {},
      momentsOf: async (id) => known.get(id)?.moments ?? [],
    }
    fold(state, world.state.tickets[ticketId]!.status === 'deleted' ? gone(state) : await readFacts(state, sources))
  }

  function gone(state: TicketState): Fact[] {
    return openEscalation(state) ? [{ kind: 'gone', at: agenda.clock.now() }] : []
  }

  function fold(before: TicketState, facts: readonly Fact[]): void {
    const { state, effects } = evolveAll(before, facts, means)
    const { ticketId } = state
    known.set(ticketId, state)
    for (const effect of effects) {
      const notBefore = effect.kind === 'tell-ticket' ? (effect.notBefore ?? 0) : 0
      agenda.at(Math.max(agenda.clock.now() + ACT_AFTER_MS, notBefore), () => act(effect))
    }
    waitFor(state)
  }

  async function act(effect: Effect): Promise<void> {
    const { status } = world.state.tickets[effect.ticketId]!
    if (status === 'closed' || status === 'deleted' || isReplaced(effect)) return
    const { differences, wasPublic } = await carryOut(effect, zendesk, installation)
    const outcome = { state: 'done' as const, differences, wasPublic }
    const fact: Fact = { kind: 'effect', effectId: effect.id, at: agenda.clock.now(), outcome }
    fold(known.get(effect.ticketId)!, [fact])
  }

  function isReplaced(effect: Effect): boolean {
    const escalation = known.get(effect.ticketId)!.escalations.find(({ id }) => id === effect.escalationId)
    if (!escalation) return false
    if (effect.kind === 'route-ticket') return escalation.routing.effectId !== effect.id
    return effect.kind === 'show-stage' && effect.fields.stage !== escalation.stage
  }

  function waitFor(state: TicketState): void {
    const { ticketId } = state
    const due = openEscalation(state) ? nextDueAt(countdownsOf(state, calendarOf, agenda.clock.now())) : null
    if (due === null) {
      nextTick.delete(ticketId)
      return
    }
    if (nextTick.get(ticketId) === due) return
    nextTick.set(ticketId, due)
    agenda.at(due, () => tick(ticketId, due))
  }

  async function tick(ticketId: number, due: Instant): Promise<void> {
    if (nextTick.get(ticketId) !== due) return
    nextTick.delete(ticketId)
    const state = known.get(ticketId)!
    const at = agenda.clock.now()
    fold(state, [{ kind: 'tick', at, raise: await raiseFor(state, at, policyOf) }])
  }

  function allot(): { escalationId: string } {
    const year = new Date(agenda.clock.now()).getUTCFullYear()
    const count = (counted.get(year) ?? 0) + 1
    counted.set(year, count)
    return { escalationId: `ESC-${year}-${String(count).padStart(6, '0')}` }
  }
}
