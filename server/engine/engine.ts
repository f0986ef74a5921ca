import type { Effect } from '../../core/escalation/effects.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import { evolveAll, evolveInOrder } from '../../core/escalation/evolve.ts'
import type { Allotment, Fact } from '../../core/escalation/facts.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Step } from '../../core/escalation/step.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import { markForMeasuring } from '../analytics/mark.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepLinks } from '../engineering/links.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { allotIds, countOn } from './allot-ids.ts'
import { keepClocks } from './clocks-row.ts'
import type { FollowUp } from './follow-up.ts'
import { inTime, keepEffects, keepEscalations, recordEvents } from './record.ts'
import { lockTicketStates, type WrittenState, writeTicketStates } from './ticket-row.ts'
import { distrustUsedCommands, distrustUsedIds } from './used-elsewhere.ts'

/** What facts are folded with: when, by the account's schedules, and what else follows from them. */
type Setting = { accountId: number; now: Instant; calendars: AccountCalendars; followUp: FollowUp }

export type TicketFacts = {
  ticketId: number
  facts: readonly Fact[]
  /** In the order given, which is that in which they happened; left out, those of updates come before all others. */
  isInOrder?: boolean
}

export type NewFacts = Setting & TicketFacts

/**
 * Folds facts into a ticket: state, rows of its escalations, what they wait for, events, effects and the jobs that carry
 * those out, all in the caller's transaction. Facts that were folded before change nothing.
 *
 * @returns the state after the facts
 */
export async function applyFacts(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueueAll'>,
  { ticketId, facts, isInOrder = false, ...setting }: NewFacts,
): Promise<TicketState> {
  const [step] = await applyAll(tx, jobs, { ...setting, tickets: [{ ticketId, facts, isInOrder }] })
  return step!.state
}

/**
 * The same for many tickets at once, each named once, in the same few statements. Events are recorded by instant.
 *
 * @returns what came of each, in the order of `tickets`
 */
export async function applyAll(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueueAll'>,
  { tickets, ...setting }: Setting & { tickets: readonly TicketFacts[] },
): Promise<Step[]> {
  const { accountId, now, calendars, followUp } = setting
  const ids = tickets.map(({ ticketId }) => ticketId)
  const before = await lockTicketStates(tx, accountId, ids, now)
  const believed: TicketFacts[] = []
  for (const ticket of tickets) {
    const commands = await distrustUsedCommands(tx, ticket.ticketId, ticket.facts)
    believed.push({ ...ticket, facts: await distrustUsedIds(tx, ticket.ticketId, commands) })
  }

  // Folding is pure, so a first pass can count the ids the second one needs.
  let count = 0
  const mayBegin = believed.filter(({ facts }) => facts.some(mayBeginOne))
  for (const ticket of mayBegin) fold(ticket, () => ({ escalationId: `uncounted-${++count}` }))
  await countOn(tx, accountId, believed.flatMap(knownIds))
  const allotted = await allotIds(tx, accountId, count, now)
  const steps = believed.map((ticket) => fold(ticket, () => allotted.shift()!))

  const states = steps.map(({ state }) => state)
  const changed = states.filter((state) => state !== before.get(state.ticketId))
  const escalations = changed.flatMap((state) => newerThan(before.get(state.ticketId)!, state))
  const effects = steps.flatMap((step) => step.effects)
  const longDone = longDoneOf(believed, now)

  await keepEscalations(tx, escalations, accountId)
  await keepLinks(tx, escalations, { accountId, now })
  await recordEvents(tx, inTime(steps.map(eventsOf)), { accountId, now })
  await keepEffects(tx, effects, { accountId, now }, longDone)
  const due = effects.filter(({ id }) => !longDone.has(id))
  for (const [runAt, some] of Map.groupBy(due, (effect) => startOf(effect, now))) {
    const acts = some.map(({ id }) => ({ accountId, effectId: id }))
    await jobs.enqueueAll(tx, 'act', acts, runAt === null ? {} : { runAt })
  }
  await writeTicketStates(tx, withWhatWasSeen(changed, believed), now)
  const escalated = changed.filter((state) => state.escalations.length > 0)
  await markForMeasuring(
    tx,
    accountId,
    escalated.map(({ ticketId }) => ticketId),
  )
  await followUp(tx, steps, { accountId, now, calendars })
  // Also for a ticket that did not change: what it waits for is worked out anew whenever it is looked at.
  await keepClocks(tx, states, { accountId, now, calendars })
  return steps

  function fold({ ticketId, facts, isInOrder }: TicketFacts, allot: () => Allotment): Step {
    const evolve = isInOrder ? evolveInOrder : evolveAll
    return evolve(before.get(ticketId)!, facts, { allot, calendarOf: calendars.calendarOf })
  }
}

/** By then an update of ours was held against what it asked, and mended where that was needed. */
const LONG_MS = DAY_MS

/**
 * Effects that bear our mark in a ticket since long ago, and when that was made: what a record that is built again owes
 * no more. A newer one is looked at like any other, because whoever made it may not have come to check it.
 */
function longDoneOf(believed: readonly TicketFacts[], now: Instant): Map<string, Instant> {
  const done = believed.flatMap(({ facts }) =>
    facts.flatMap((fact): [string, Instant][] => {
      const isDone = fact.kind === 'effect' && fact.outcome.state === 'done' && fact.at < now - LONG_MS
      return isDone ? [[fact.effectId, fact.at]] : []
    }),
  )
  return new Map(done)
}

function knownIds({ facts }: TicketFacts): string[] {
  return facts.flatMap((fact) => ('knownAs' in fact && fact.knownAs ? [fact.knownAs] : []))
}

/** A note, or a change of group that may be a hand-over without one. */
function mayBeginOne(fact: Fact): boolean {
  return fact.kind === 'command' || (fact.kind === 'ticket' && fact.change.what === 'group')
}

function newerThan({ escalations: known }: TicketState, { ticketId, escalations }: TicketState) {
  return escalations.filter((one) => !known.includes(one)).map((escalation) => ({ ticketId, escalation }))
}

function withWhatWasSeen(states: readonly TicketState[], believed: readonly TicketFacts[]): WrittenState[] {
  const byTicket = new Map(believed.map(({ ticketId, facts }) => [ticketId, facts]))
  return states.map((state) => {
    const seen = byTicket.get(state.ticketId)!.flatMap((fact) => (fact.kind === 'read' ? [fact.at ?? null] : []))
    return { state, seenAt: seen.at(-1) ?? null }
  })
}

/** When to begin with an effect; null for at once. */
function startOf(effect: Effect, now: Instant): Instant | null {
  const notBefore = effect.kind === 'tell-ticket' ? effect.notBefore : null
  return notBefore !== null && notBefore > now ? notBefore : null
}

function eventsOf({ state, events }: Step): { ticketId: number; event: EscalationEvent }[] {
  return events.map((event) => ({ ticketId: state.ticketId, event }))
}
