import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMAND_NAMES, type CommandName } from '../../../core/command/forms.ts'
import type { Stage } from '../../../core/contract/api.ts'
import type { IssueFact } from '../../../core/engineering/issue-fact.ts'
import type { Effect } from '../../../core/escalation/effects.ts'
import { evolve, evolveAll } from '../../../core/escalation/evolve.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { LIFE } from '../../../core/escalation/life.ts'
import { isOfLife, tellOfLife } from '../../../core/escalation/life-sentences.ts'
import { isOpen, newTicketState, openEscalation, restored, type TicketState } from '../../../core/escalation/state.ts'
import type { Minutes } from '../../../core/units.ts'
import { aCommand, aDecision, aPlan, commandId, means, NO_MORE, TICKET_ID } from './facts.ts'
import { ENOUGH, IVO, moves, NOBODY, says } from './said.ts'
import { aRaise, changed, created, foldFrom, minute, tick } from './ticks.ts'

const URL = 'https://github.com/acme/shop/issues/12'
/** What happens at a minute, as things stand then; each minute is one update of the ticket. */
type Act = (at: Minutes, stage: Stage | null) => Fact[]

const life = {
  monitoring: 60,
  criteria: ['root_cause'],
  cadence: { every: 45, schedule: null },
  onRejected: 'ends',
} as const
const decision = aDecision({
  trace: [
    {
      rule: 'r',
      title: 'Rule',
      matched: true,
      set: {},
      all: [],
      any: [],
      skipped: 'Waits for the approval of Director',
    },
  ],
})
const plan = (tier = 2) => aPlan({ tier, life, clocks: aPlan().clocks })
const identity = { decision, plan: plan() }
const platform = { ...aRaise(), plan: plan(3) }

const standing = fc.constantFrom(
  { ...NOBODY, isReceiver: true, isApprover: true },
  { ...NOBODY, isReceiver: true },
  { ...NOBODY, isEscalator: true },
  NOBODY,
)
const target = fc.constantFrom(identity, platform, null)

const saying: fc.Arbitrary<Act> = fc
  .record({
    command: fc.constantFrom(...COMMAND_NAMES),
    standing,
    target,
    hasEnvelope: fc.boolean(),
    isEmpty: fc.nat(5),
  })
  .map(({ command, target: to, hasEnvelope, isEmpty, ...overrides }) => (minutes) => [
    says(command as CommandName, isEmpty === 0 ? blank(command) : dated(command, minutes), {
      ...overrides,
      minutes,
      ...(command === 'hand-on' || command === 'approve' ? { target: to } : {}),
      ...(hasEnvelope ? {} : { id: null }),
    }),
  ])

/** What the stage takes, by somebody who may. */
const fitting: fc.Arbitrary<Act> = fc
  .record({ choice: fc.nat(), target })
  .map(({ choice, target: to }) => (minutes, stage) => {
    const commands = COMMAND_NAMES.filter((name) => stage !== null && LIFE[name].stages.includes(stage))
    const command = commands[choice % commands.length]
    if (!command) return [aCommand({ ...identity, id: ulid(minutes), auditId: 1000 + minutes, at: minute(minutes) })]
    const may = { ...NOBODY, isReceiver: true, isApprover: true }
    const where = command === 'hand-on' || command === 'approve' ? { target: to } : {}
    return [says(command, dated(command, minutes), { standing: may, minutes, ...where })]
  })

const note: fc.Arbitrary<Act> = fc
  .record({ verb: fc.constantFrom('escalate' as const, 'amend' as const), to: fc.constantFrom(identity, platform) })
  .map(({ verb, to }) => (at) => [
    aCommand({
      ...to,
      verb,
      id: ulid(at),
      auditId: 1000 + at,
      at: minute(at),
    }),
  ])

const move: fc.Arbitrary<Act> = fc
  .record({
    to: fc.constantFrom<[string | null, typeof platform | null]>(
      ['Identity specialists', identity],
      ['Platform engineering', platform],
      ['Support', null],
      ['Billing', null],
      [null, null],
    ),
    author: fc.constantFrom(IVO, null),
  })
  .map(({ to: [group, to], author }) => (at) => [moves(at, group, to, { author })])

const change: fc.Arbitrary<Act> = fc
  .constantFrom(
    { what: 'status' as const, to: 'pending' },
    { what: 'status' as const, to: 'open' },
    { what: 'comment' as const, signal: 'agent-replied' as const },
    { what: 'comment' as const, signal: 'customer-spoke' as const },
    { what: 'assigned' as const, to: 31, name: 'Ivo Marek' },
    { what: 'assigned' as const, to: null, name: null },
  )
  .map((what) => (at) => [changed(at, what)])

const end: fc.Arbitrary<Act> = fc
  .constantFrom({ what: 'merged' as const }, { what: 'status' as const, to: 'closed' })
  .map((what) => (at) => [changed(at, what)])

/** The audits of a ticket, oldest first: what Zendesk holds, whatever we heard of it and when. */
const history: fc.Arbitrary<Fact[]> = fc
  .array(
    fc.oneof(
      { weight: 40, arbitrary: fitting },
      { weight: 6, arbitrary: saying },
      { weight: 3, arbitrary: note },
      { weight: 3, arbitrary: move },
      { weight: 3, arbitrary: change },
      { weight: 1, arbitrary: end },
    ),
    { minLength: 1, maxLength: 24, size: 'max' },
  )
  .map((acts) => {
    const given = means()
    const facts: Fact[] = [created()]
    let state = evolve(newTicketState(TICKET_ID), facts[0]!, given).state
    for (const [index, act] of acts.entries()) {
      const now = act((index + 1) * 10, openEscalation(state)?.stage ?? null)
      facts.push(...now)
      state = now.reduce((before, fact) => evolve(before, fact, given).state, state)
    }
    return facts
  })

/** Looks at the ticket: each reads everything since the last one that was told of, and some are told of twice. */
const looked = history.chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    looks: fc.array(fc.record({ upTo: fc.integer({ min: 0, max: facts.length }), isTwice: fc.boolean() }), {
      maxLength: 8,
    }),
    seed: fc.integer(),
  }),
)

function fold(facts: readonly Fact[]): TicketState {
  return evolveAll(newTicketState(TICKET_ID), facts, means()).state
}

describe('an escalation of many hands', () => {
  it('ends up the same however looks cut, repeat and shuffle what happened, and however much was missed meanwhile', () => {
    fc.assert(
      fc.property(looked, ({ facts, looks, seed }) => {
        const given = means()
        let state = newTicketState(TICKET_ID)
        for (const { upTo, isTwice } of looks) {
          const seen = shuffled(facts.slice(0, upTo), seed)
          state = evolveAll(state, isTwice ? [...seen, ...seen] : seen, given).state
          // What the database gives back is what it was given.
          state = restored(TICKET_ID, JSON.parse(JSON.stringify(state)))
        }
        state = evolveAll(state, shuffled(facts, seed), given).state
        expect(state).toEqual(JSON.parse(JSON.stringify(fold(facts))))
      }),
      { numRuns: 300 },
    )
  })

  it('does nothing twice, and begins nothing when all is heard again', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const state = fold(facts)
        const again = evolveAll(state, [...facts, ...facts], NO_MORE)
        expect(again).toEqual({ state, events: [], effects: [] })
      }),
    )
  })

  it('has one open episode at most, an owner only while somebody works on it, and an end for each that is over', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const given = means()
        let state = newTicketState(TICKET_ID)
        for (const fact of facts) {
          state = evolve(state, fact, given).state
          expect(state.escalations.filter(isOpen).length).toBeLessThanOrEqual(1)
          expect(state.escalations.findIndex(isOpen)).toBeOneOf([-1, state.escalations.length - 1])
          const open = openEscalation(state)
          if (open?.owner)
            expect(['accepted', 'investigating', 'fixing', 'resolved', 'monitoring']).toContain(open.stage)
          if (open?.stage === 'resolved' || open?.stage === 'monitoring') expect(open.resolution).not.toBeNull()
          expect(open?.returns.slice(0, -1).every(({ cameBack }) => cameBack !== null) ?? true).toBe(true)
          if (open) expect(open.returns.at(-1)?.cameBack === null).toBe(open.stage === 'returned')
        }
      }),
    )
  })

  it('answers everything anybody says: it is carried out as the table says, or refused to them in words', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const given = means()
        let state = newTicketState(TICKET_ID)
        for (const fact of facts) {
          const before = openEscalation(state)
          const step = evolve(state, fact, given)
          if (fact.kind === 'said') {
            const isRefused = step.state.refusals.length > state.refusals.length
            const command = fact.reading.ok ? fact.reading.said.command : null
            if (isRefused) expect(step.effects.map(({ kind }) => kind)).toEqual(['explain-refusal'])
            else if (before || command !== 'same-problem') expect(LIFE[command!].stages).toContain(before!.stage)
          }
          state = step.state
        }
      }),
    )
  })

  it('says nothing in public, nothing twice, and nothing that is no word', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 250, max: 900 }), (facts, until) => {
        const { effects, events, state } = foldFrom(newTicketState(TICKET_ID), [...facts, tick(until, platform)])
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length)
        for (const effect of effects) expectPrivate(effect)
        for (const event of events) {
          if (isOfLife(event)) expect(tellOfLife(event)).toMatch(/^(?!.*(undefined|null|NaN|\[object)).+/s)
        }
        expect(new Set(state.told).size).toBe(state.told.length)
      }),
    )
  })

  it('takes what trackers say at any moment', () => {
    const news = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 24 }),
        state: fc.constantFrom('fixed', 'released', 'open', 'closed-unfixed'),
      }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(history, news, (facts, told) => {
        const issues = told.map(({ at, state }, index): [number, IssueFact] => [
          at,
          {
            ...{
              kind: 'issue',
              at: minute(at * 10),
              by: null,
              deliveryId: `d${index}`,
              state: state as IssueFact['state'],
            },
            issue: { tracker: 'github', host: 'github.com', key: 'acme/shop#12', url: URL, title: null },
          },
        ])
        const mixed = facts.flatMap((fact, index) => [
          fact,
          ...issues.filter(([at]) => at === index).map(([, one]) => one),
        ])
        const { state, effects } = foldFrom(newTicketState(TICKET_ID), mixed)
        expect(state.commands).toEqual(fold(facts).commands)
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length)
        for (const effect of effects) expectPrivate(effect)
      }),
    )
  })
})

/** An effect has words that only people of ours read, and no way to say otherwise. */
function expectPrivate(effect: Effect): void {
  expect(['route-ticket', 'explain-refusal', 'tell-ticket', 'show-stage']).toContain(effect.kind)
  expect(JSON.stringify(Object.keys(effect))).not.toMatch(/public/i)
  if (effect.kind === 'show-stage') expect(effect).not.toHaveProperty('comment')
  else expect(effect.comment).toMatch(/^(?!.*(undefined|NaN|\[object|an unknown time)).+/s)
}

function ulid(at: Minutes): string {
  return commandId('N').slice(0, 22) + `${at}`.padStart(4, '0')
}

/** A command without what it needs. */
function blank(command: CommandName) {
  const empty: Partial<Record<CommandName, object>> = {
    return: { reason: null },
    resolve: { root_cause: '' },
    deescalate: { rationale: '' },
    reject: { reason: '' },
    'hand-on': { reason: '' },
  }
  return (empty[command] ?? {}) as never
}

function dated(command: CommandName, minutes: Minutes) {
  const soon = new Date(minute(minutes + 90)).toISOString()
  const extra: Partial<Record<CommandName, object>> = {
    progress: {
      ...ENOUGH.progress,
      status: minutes % 20 ? 'fixing' : 'investigating',
      root_cause: 'A leak',
      estimated_resolution: soon,
    },
    'decide-release': { release: 'hotfix', date: soon },
  }
  return (extra[command] ?? {}) as never
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const keyed = items.map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) ^ (seed >>> 3) }))
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item)
}
