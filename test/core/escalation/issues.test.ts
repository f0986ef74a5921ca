import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IssueFact } from '../../../core/engineering/issue-fact.ts'
import { ISSUE_STATES } from '../../../core/engineering/issue-state.ts'
import { openEscalation } from '../../../core/escalation/state.ts'
import { clocksIn } from './facts.ts'
import { says, upTo } from './said.ts'
import { ARRIVED, begun, clockAt, commentsIn, E, fold, foldFrom, minute } from './ticks.ts'

const URL = 'https://github.com/acme/shop/issues/12'

function told(minutes: number, state: IssueFact['state'], overrides: Partial<IssueFact> = {}): IssueFact {
  const issue = { tracker: 'github' as const, host: 'github.com', key: 'acme/shop#12', url: URL, title: 'Cache leaks' }
  return { kind: 'issue', at: minute(minutes), issue, state, by: 'octocat', deliveryId: `d${minutes}`, ...overrides }
}

const linked = [...upTo('investigating'), says('link-issue', {}, { minutes: 5 })]

describe('a linked issue', () => {
  it('is kept with its address, once, with the newest title', () => {
    const { state, events } = fold(...linked, says('link-issue', { title: 'Cache leaks' }, { minutes: 6 }))
    expect(openEscalation(state)!.issues).toMatchObject([
      { key: 'acme/shop#12', url: URL, title: 'Cache leaks', told: null },
    ])
    expect(events.filter(({ kind }) => kind === 'issue-linked')).toHaveLength(1)
  })

  it('tells its state, which moves nothing before the fix is released', () => {
    const { state, events, effects } = foldFrom(fold(...linked).state, [told(10, 'in-progress'), told(20, 'fixed')])
    expect(events).toMatchObject([
      { kind: 'issue-changed', from: null, to: 'in-progress', who: 'octocat' },
      { kind: 'issue-changed', from: 'in-progress', to: 'fixed' },
    ])
    expect(openEscalation(state)).toMatchObject({ stage: 'investigating', fix: null })
    expect(effects).toEqual([])
  })

  it('C25: that is released starts the clock for telling the customer, and says so to whoever has it', () => {
    const plan = { clocks: clocksIn({ 'fix-to-customer': 60 }) }
    const facts = [...begun(plan), ARRIVED, says('accept', {}, { minutes: 1 }), says('link-issue', {}, { minutes: 5 })]
    const { state, events, effects } = foldFrom(fold(...facts).state, [told(30, 'released')])
    expect(openEscalation(state)).toMatchObject({
      stage: 'fixing',
      fix: { at: minute(30), by: null, what: 'Cache leaks' },
    })
    expect(events.map(({ kind }) => kind)).toEqual(['issue-changed', 'fix-available'])
    expect(commentsIn(effects)).toEqual([
      `The fix of acme/shop#12 is released (${URL}).\n\nIvo Marek, please tell the customer and resolve the escalation.`,
    ])
    expect(clockAt(state, `${E}/0/fix-to-customer`, 40).deadline).toBe(minute(90))
  })

  it('that is closed without a fix is said to whoever has it', () => {
    const { effects } = foldFrom(fold(...linked).state, [told(10, 'closed-unfixed')])
    expect(commentsIn(effects)).toEqual([expect.stringContaining('was closed without a fix')])
  })

  it('of nobody’s escalation, or after its end, says nothing', () => {
    const other = told(10, 'released', {
      issue: { ...told(1, 'open').issue, key: 'acme/shop#13' },
    })
    expect(foldFrom(fold(...linked).state, [other]).events).toEqual([])
    expect(foldFrom(fold(...upTo('closed')).state, [told(10, 'released')]).events).toEqual([])
  })

  it('that is released after it was resolved changes no stage', () => {
    const { state } = fold(...linked, says('resolve', {}, { minutes: 20 }), told(30, 'released'))
    expect(openEscalation(state)).toMatchObject({ stage: 'resolved', issues: [{ told: { state: 'released' } }] })
  })

  it('ends up the same in whichever order its tracker tells, and however often', () => {
    const news = fc.uniqueArray(
      fc.record({ at: fc.integer({ min: 6, max: 40 }), state: fc.constantFrom(...ISSUE_STATES) }),
      {
        selector: ({ at, state }) => `${at} ${state}`,
        minLength: 1,
        maxLength: 6,
      },
    )
    const mixed = news.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })),
    )
    fc.assert(
      fc.property(mixed, ([inOrder, shuffled]) => {
        const { state } = fold(...linked)
        const end = (some: typeof inOrder) => {
          const facts = some.map(({ at, state: to }) => told(at, to, { deliveryId: `${at}${to}` }))
          return openEscalation(foldFrom(state, facts).state)!.issues[0]!.told
        }
        const sorted = inOrder.toSorted(
          (a, b) => a.at - b.at || ISSUE_STATES.indexOf(a.state) - ISSUE_STATES.indexOf(b.state),
        )
        expect(end(shuffled)).toEqual(end(sorted))
      }),
    )
  })
})
