import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockPlan } from '../../../core/clock/plan.ts'
import { recount } from '../../../core/escalation/countdown.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import type { Fact, TickFact } from '../../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import type { Minutes } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aCommand, aDecision, aPlan, clocksIn, commandId } from './facts.ts'
import { ARRIVED, aRaise, aStep, aTimer, changed, created, fold, foldFrom, minute, tick } from './ticks.ts'

/** Two days, in minutes: long enough for every clock to run out, also by the hours of Berlin. */
const SPAN = 2880
const END = minute(SPAN)

const minutes = fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined })
const clocks = fc
  .record({
    minutes: fc.record({
      customer: minutes,
      'first-response': minutes,
      resolution: minutes,
      acknowledge: minutes,
      investigate: minutes,
    }),
    schedule: fc.constantFrom(null, 'berlin', 'new-york'),
  })
  .map(({ minutes: given, schedule }) =>
    clocksIn(Object.fromEntries(Object.entries(given).filter(([, span]) => span !== undefined)), schedule),
  )
const plan: fc.Arbitrary<ClockPlan> = clocks.map((given) => aPlan({ clocks: given }))

type Change = (at: Minutes) => Fact[]

const ticketChange: fc.Arbitrary<Change> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom('open', 'pending', 'hold', 'solved').map(asStatus) },
    { weight: 2, arbitrary: fc.constantFrom('agent-replied' as const, 'customer-spoke' as const).map(asComment) },
    { weight: 1, arbitrary: fc.constant({ what: 'assigned' as const, to: 31, name: 'Ivo Marek' }) },
    { weight: 1, arbitrary: fc.constantFrom({ what: 'merged' as const }, asStatus('closed')) },
  )
  .map((change) => (at) => [changed(at, change)])

const amendment: fc.Arbitrary<Change> = fc
  .record({ plan, tier: fc.constantFrom(2, 2, 2, 3), id: fc.constantFrom(...'BCDEFGH') })
  .map(({ plan: given, tier, id }) => (at) => [
    aCommand({
      verb: 'amend',
      id: commandId(id),
      auditId: 1000 + at,
      at: minute(at),
      decision: aDecision({ tier, queue: tier === 2 ? 'identity' : 'platform' }),
      plan: { ...given, tier },
    }),
  ])

/** A ticket's facts in the order of its audits, from its creation on; each minute has one at most. */
const history: fc.Arbitrary<Fact[]> = fc
  .record({
    plan,
    changes: fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 1, max: SPAN }),
        fc.oneof({ weight: 4, arbitrary: ticketChange }, { weight: 1, arbitrary: amendment }),
      ),
      { selector: ([at]) => at, maxLength: 8 },
    ),
  })
  .map(({ plan: given, changes }) => [
    created(-60),
    aCommand({ auditId: 1000, plan: given }),
    ARRIVED,
    ...changes.toSorted(([a], [b]) => a - b).flatMap(([at, change]) => change(at)),
  ])

const anyTick: fc.Arbitrary<TickFact> = fc.integer({ min: 0, max: SPAN }).map((at) => tick(at))

/** The facts with ticks in between, some things twice; the audits stay in order. */
const interleaved = fc
  .record({
    facts: history,
    ticks: fc.array(fc.tuple(fc.nat(12), anyTick), { maxLength: 6 }),
    repeated: fc.array(fc.nat(12), { maxLength: 4 }),
  })
  .map(({ facts, ticks, repeated }) => {
    const mixed = facts.flatMap((fact, index) => [
      fact,
      ...(repeated.includes(index) ? [fact] : []),
      ...ticks.flatMap(([place, one]) => (place === index ? [one, one] : [])),
    ])
    return { facts, mixed }
  })

/** The same, and the policy has timers, on-call steps and automatic escalation. */
const lively = interleaved.map(({ facts, mixed }) => ({ facts: facts.map(enliven), mixed: mixed.map(enliven) }))

function enliven(fact: Fact): Fact {
  if (fact.kind === 'tick') return { ...fact, raise: aRaise((fact.at - minute(0)) / 60_000, livelyPlan()) }
  return fact.kind === 'command' ? { ...fact, plan: { ...fact.plan!, ...livelyPlan() } } : fact
}

function livelyPlan(): Partial<ClockPlan> {
  return {
    timers: [
      aTimer({ every: 45 }),
      aTimer({ id: 'silence', of: 'silence', schedule: 'berlin' }),
      aTimer({ id: 'age', of: 'age', after: 600 }, 'escalate'),
    ],
    onCall: [aStep(0, 0, []), aStep(1, 0), aStep(2, 20)],
    autoEscalation: { at: ['warning', 'breach'], clocks: ['customer', 'first-response', 'resolution'] },
    noticeHours: 'berlin',
  }
}

function asStatus(to: string) {
  return { what: 'status' as const, to }
}

function asComment(signal: 'agent-replied' | 'customer-spoke') {
  return { what: 'comment' as const, signal }
}

/** What was told and of which instant, without how late. */
function told(events: readonly EscalationEvent[]): object[] {
  return events.flatMap((event) => {
    if (!('lateMs' in event) || event.kind === 'raised') return []
    const { lateMs, ...rest } = event
    return [rest]
  })
}

describe('a tick', () => {
  it('tells the same however ticks and facts came about, as long as audits come in order', () => {
    fc.assert(
      fc.property(interleaved, ({ facts, mixed }) => {
        const atOnce = fold(...facts, tick(SPAN)).state
        const asTheyCame = fold(...mixed, tick(SPAN)).state
        expect(asTheyCame.told.toSorted()).toEqual(atOnce.told.toSorted())
      }),
      { numRuns: 400 },
    )
  })

  it('told twice tells once', () => {
    fc.assert(
      fc.property(lively, anyTick, ({ mixed }, one) => {
        const { state } = fold(...mixed)
        const once = foldFrom(state, [{ ...one, raise: null }])
        expect(foldFrom(once.state, [{ ...one, raise: null }])).toEqual({ state: once.state, events: [], effects: [] })
      }),
    )
  })

  it('after many looks has told exactly what one look at the end tells, of the same instants in the same order', () => {
    const looks = fc.uniqueArray(fc.integer({ min: SPAN, max: SPAN * 4 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(history, looks, (facts, given) => {
        const { state } = fold(...facts.map((fact) => withOnce(fact)))
        const at = given.toSorted((a, b) => a - b)
        const many = foldFrom(
          state,
          at.map((one) => tick(one)),
        )
        const one = foldFrom(state, [tick(at.at(-1)!)])
        expect(told(many.events)).toEqual(told(one.events))
        expect(many.state.told).toEqual(one.state.told)
      }),
    )
  })

  it('tells what was foretold, when nothing happens in between', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: SPAN, max: SPAN * 3 }), (facts, until) => {
        const { state } = fold(...facts.map((fact) => withOnce(fact)))
        const foretold = countdownsOf(state, calendarOf, END).filter(({ at }) => at <= minute(until))
        const { events, state: after } = foldFrom(state, [tick(until)])
        expect(told(events).map((event) => (event as EscalationEvent).at)).toEqual(foretold.map(({ at }) => at))
        expect(after.told.slice(state.told.length)).toEqual(foretold.map(({ id }) => id))
      }),
    )
  })

  it('raises once at most, and once for one cause, and writes one comment', () => {
    fc.assert(
      fc.property(lively, ({ mixed }) => {
        let { state } = fold()
        for (const fact of [...mixed, enliven(tick(SPAN))]) {
          const step = foldFrom(state, [fact])
          const count = (kind: string) => [...step.events, ...step.effects].filter((one) => one.kind === kind).length
          expect(count('raised')).toBeLessThanOrEqual(1)
          expect(count('tell-ticket')).toBeLessThanOrEqual(1)
          state = step.state
        }
        const causes = state.escalations.flatMap(({ handOvers }) => handOvers.flatMap((one) => one.raisedFor ?? []))
        expect(new Set(causes).size).toBe(causes.length)
      }),
    )
  })

  it('gives every countdown and every effect an id of its own, and leaves nothing due that it could tell', () => {
    fc.assert(
      fc.property(lively, ({ mixed }) => {
        const { state, effects } = fold(...mixed, enliven(tick(SPAN)))
        const countdowns = countdownsOf(state, calendarOf, END)
        expect(new Set(countdowns.map(({ id }) => id)).size).toBe(countdowns.length)
        expect(countdowns.filter(({ at }) => at <= END)).toEqual([])
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length)
        expect(new Set(state.told).size).toBe(state.told.length)
      }),
    )
  })

  it('writes nothing but private comments in words, and none of an instant to come', () => {
    fc.assert(
      fc.property(lively, ({ mixed }) => {
        for (const effect of fold(...mixed, enliven(tick(SPAN))).effects) {
          expect(['route-ticket', 'explain-refusal', 'tell-ticket', 'show-stage']).toContain(effect.kind)
          expect(Object.keys(effect)).not.toContain('public')
          if (effect.kind !== 'show-stage') expect(effect.comment).not.toMatch(/undefined|null|NaN|unknown time/)
        }
      }),
    )
  })
})

describe('countdowns', () => {
  it('counted again by the same calendars fall due at the same instants', () => {
    fc.assert(
      fc.property(lively, fc.integer({ min: 0, max: SPAN }), ({ facts }, at) => {
        const { state } = fold(...facts.filter((fact) => fact.kind === 'read' || fact.at <= minute(at)))
        const countdowns = countdownsOf(state, calendarOf, minute(at))
        expect(recount(countdowns, calendarOf)).toEqual(countdowns)
      }),
    )
  })

  it('are those of the open escalation alone', () => {
    fc.assert(
      fc.property(lively, ({ mixed }) => {
        const { state } = fold(...mixed)
        const open = openEscalation(state)
        const ids = countdownsOf(state, calendarOf, END).map(({ id }) => id)
        expect(ids.filter((id) => !id.startsWith('customer/') && !(open && id.startsWith(`${open.id}/`)))).toEqual([])
      }),
    )
  })

  it('survive being kept in a database', () => {
    fc.assert(
      fc.property(lively, ({ mixed }) => {
        const { state } = fold(...mixed)
        const stored: TicketState = JSON.parse(JSON.stringify(state))
        expect(countdownsOf(stored, calendarOf, END)).toEqual(countdownsOf(state, calendarOf, END))
      }),
    )
  })
})

/** Timers that come once, and on-call steps: things that no later look changes. */
function withOnce(fact: Fact): Fact {
  if (fact.kind !== 'command') return fact
  const timers = [aTimer(), aTimer({ id: 'silence', of: 'silence', schedule: 'berlin' })]
  return { ...fact, plan: { ...fact.plan!, timers, onCall: [aStep(0, 0, []), aStep(1, 4000)] } }
}
