import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evolve, evolveAll } from '../../../core/escalation/evolve.ts'
import type { CommandFact, EffectFact, Fact, TicketFact } from '../../../core/escalation/facts.ts'
import { newTicketState, openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import {
  aCommand,
  aDecision,
  anAuthor,
  aPlan,
  clocksIn,
  commandId,
  DIGEST,
  means,
  NO_MORE,
  TICKET_ID,
} from './facts.ts'

const ids = ['A', 'B', 'C', 'D'].map(commandId)
const position = { auditId: fc.integer({ min: 1, max: 30 }), part: fc.integer({ min: 0, max: 2 }) }
const instant = fc.integer({ min: 0, max: 4e12 })
const score = fc.integer({ min: 0, max: 100 })

const command: fc.Arbitrary<CommandFact> = fc
  .record({
    ...position,
    at: instant,
    author: fc.constantFrom(
      anAuthor(),
      anAuthor({ id: 12, role: 'end-user' }),
      anAuthor({ id: 13, isLightAgent: true }),
      anAuthor({ id: 14, groupIds: [] }),
    ),
    envelope: fc.option(
      fc.record({
        v: fc.constant(1 as const),
        verb: fc.constantFrom('escalate' as const, 'amend' as const),
        id: fc.constantFrom(...ids),
        ticket: fc.constantFrom(TICKET_ID, TICKET_ID, 8),
        digest: fc.constantFrom(DIGEST, DIGEST, 'e'.repeat(43)),
      }),
    ),
    isReadable: fc.boolean(),
    decision: fc.option(
      fc.constantFrom(
        aDecision(),
        aDecision({ tier: 3, group: 'Platform' }),
        aDecision({ severity: 'P0', reasons: [] }),
      ),
    ),
    completeness: fc.option(
      fc.record({ score, bar: score, missing: fc.array(fc.record({ field: fc.string(), points: score })) }),
    ),
    sentAtOnce: fc.boolean(),
    allowedGroupIds: fc.constantFrom<number[]>([], [], [1]),
  })
  .map(({ isReadable, ...fact }) => ({
    ...aCommand(),
    ...fact,
    reading: isReadable ? aCommand().reading : { ok: false, problems: ['Broken.'] },
  }))

const ticket: fc.Arbitrary<TicketFact> = fc.record({
  kind: fc.constant('ticket' as const),
  ...position,
  at: instant,
  author: fc.option(fc.constant(anAuthor())),
  change: fc.oneof(
    fc.record({ what: fc.constant('status' as const), to: fc.constantFrom('open', 'solved', 'closed', 'deleted', '') }),
    fc.record({ what: fc.constant('group' as const), to: fc.option(fc.integer()) }),
    fc.record({ what: fc.constant('merged' as const) }),
    fc.record({ what: fc.constant('created' as const), status: fc.string() }),
    fc.record({ what: fc.constant('assigned' as const), to: fc.option(fc.nat()), name: fc.constant(null) }),
    fc.record({
      what: fc.constant('comment' as const),
      signal: fc.constantFrom('agent-replied' as const, 'customer-spoke' as const),
    }),
    fc.record({
      what: fc.constant('follow-up' as const),
      status: fc.constant('new'),
      moments: fc.array(
        fc.record({
          what: fc.constant('created' as const),
          status: fc.string(),
          at: instant,
          order: fc.nat(),
          by: fc.constant(null),
        }),
      ),
    }),
  ),
})

const words = { reason: fc.string(), detail: fc.string() }
const effect: fc.Arbitrary<EffectFact> = fc.record({
  kind: fc.constant('effect' as const),
  effectId: fc.constantFrom(...ids.map((id) => `${id}.route.${TICKET_ID}`), 'unknown'),
  at: instant,
  outcome: fc.oneof(
    fc.record({
      state: fc.constant('done' as const),
      differences: fc.array(fc.record({ field: fc.string(), asked: fc.string(), returned: fc.string() })),
      wasPublic: fc.boolean(),
    }),
    fc.record({ state: fc.constant('refused' as const), ...words }),
    fc.record({ state: fc.constant('retrying' as const), ...words, attempts: fc.nat(30) }),
    fc.record({ state: fc.constant('failed' as const), ...words, attempts: fc.nat(30) }),
  ),
})

const plan = fc
  .record({
    tier: fc.constantFrom(2, 3),
    clocks: fc.constantFrom({ resolution: 60 }, { customer: 5, acknowledge: 9 }, {}),
  })
  .map(({ tier, clocks }) => aPlan({ tier, clocks: clocksIn(clocks, 'berlin') }))
const time: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant('tick' as const),
    at: instant,
    raise: fc.option(plan.map((given) => ({ decision: aDecision({ tier: 3 }), plan: given }))),
  }),
  fc.record({ kind: fc.constant('replan' as const), at: instant, by: fc.string(), plan }),
)

const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 4, arbitrary: command },
  { weight: 2, arbitrary: ticket },
  { weight: 2, arbitrary: effect },
  fc.record({ kind: fc.constant('read' as const), auditId: position.auditId }),
  { weight: 2, arbitrary: time },
  fc.record({ kind: fc.constant('gone' as const), at: instant }),
)

/** What an audit says does not change: one fact at one place. */
const history = fc.uniqueArray(fc.oneof({ weight: 2, arbitrary: command }, ticket), {
  selector: ({ auditId, part }) => `${auditId}/${part}`,
  maxLength: 20,
})

function foldOneByOne(facts: readonly Fact[]): TicketState {
  const given = means()
  return facts.reduce((state, one) => evolve(state, one, given).state, newTicketState(TICKET_ID))
}

describe('evolve', () => {
  it('answers every fact in every state, and keeps at most one escalation open', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
        const { escalations } = foldOneByOne(facts)
        const ended = ['closed', 'rejected']
        expect(escalations.filter(({ stage }) => !ended.includes(stage)).length).toBeLessThanOrEqual(1)
        expect(new Set(escalations.map(({ id }) => id)).size).toBe(escalations.length)
      }),
    )
  })

  it('gives the same state when facts arrive twice', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), (facts) => {
        const twice = facts.flatMap((one) => [one, one])
        expect(foldOneByOne(twice)).toEqual(foldOneByOne(facts))
      }),
    )
  })

  it('does nothing when a history is replayed, whatever outcomes came since', () => {
    fc.assert(
      fc.property(history, fc.array(effect, { maxLength: 8 }), (facts, outcomes) => {
        const once = evolveAll(newTicketState(TICKET_ID), [...facts, ...outcomes], means())
        const again = evolveAll(once.state, [...facts, ...outcomes], NO_MORE)
        expect(again.state).toEqual(once.state)
        expect(again.effects).toEqual([])
      }),
    )
  })

  it('does not depend on the order in which audits are handed over', () => {
    const shuffled = history.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    )
    fc.assert(
      fc.property(shuffled, ([facts, other]) => {
        const start = newTicketState(TICKET_ID)
        expect(evolveAll(start, other, means())).toEqual(evolveAll(start, facts, means()))
      }),
    )
  })

  it('gives the same state however a history is cut into looks', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 30 }), (facts, cut) => {
        const given = means()
        const [first, second] = [facts.filter((one) => one.auditId <= cut), facts.filter((one) => one.auditId > cut)]
        const { state: half } = evolveAll(newTicketState(TICKET_ID), first, given)
        const whole = evolveAll(newTicketState(TICKET_ID), facts, means())
        expect(evolveAll(half, second, given).state).toEqual(whole.state)
      }),
    )
  })

  it('gives every effect an id of its own and words for people', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 25 }), (facts) => {
        const { effects } = evolveAll(newTicketState(TICKET_ID), facts, means())
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length)
        for (const one of effects) if (one.kind !== 'show-stage') expect(one.comment.trim()).not.toBe('')
      }),
    )
  })

  it('refuses nothing without saying why to whoever asked', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const { state, effects } = evolveAll(newTicketState(TICKET_ID), facts, means())
        const explained = effects.filter((effect) => effect.kind === 'explain-refusal')
        expect(explained.length).toBe(state.refusals.length)
        for (const { detail } of state.refusals)
          expect(explained.some(({ comment }) => comment.includes(detail))).toBe(true)
      }),
    )
  })

  it('has an open escalation only after somebody asked for one', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const { state } = evolveAll(newTicketState(TICKET_ID), facts, means())
        const open = openEscalation(state)
        if (open) expect(state.commands).toContain(open.commandId)
      }),
    )
  })
})
