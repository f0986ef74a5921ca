import { describe, expect, it } from 'vitest'
import { adviseDeescalation } from '../../../core/escalation/advisor.ts'
import { hasSignal } from '../../../core/escalation/enter-stage.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { openEscalation } from '../../../core/escalation/state.ts'
import { clocksIn } from './facts.ts'
import { says, upTo, watched } from './said.ts'
import { ARRIVED, begun, clockAt, commentsIn, countdowns, E, fold, foldFrom, minute, tick } from './ticks.ts'

const TWO_DAYS = 2880

describe('an escalation that is resolved', () => {
  it('keeps its cause, its fix and what the knowledge base gets, and stops what is met', () => {
    const { state, events } = fold(
      ...upTo('fixing'),
      says('resolve', { article: 'linked', article_url: 'https://help.acme.com/1' }),
    )
    expect(openEscalation(state)).toMatchObject({
      stage: 'resolved',
      monitoringUntil: null,
      resolution: { rootCause: 'A leak in 2.3.4', code: 'fixed_in_code', article: 'linked', by: { name: 'Ivo Marek' } },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'resolved', resolution: 'fixed_in_code', fix: 'Deployed 2.3.5' })
    expect(clockAt(state, `${E}/0/resolution`, 90)).toMatchObject({ phase: 'stopped', stoppedBy: 'resolved' })
    expect(clockAt(state, 'customer', 90).phase).toBe('stopped')
  })

  it('is watched where the policy says so, and then proposed to go back', () => {
    const { state } = fold(...upTo('monitoring'))
    expect(openEscalation(state)).toMatchObject({ stage: 'monitoring', monitoringUntil: minute(2 + TWO_DAYS) })
    expect(countdowns(state, 10)).toEqual([[`${E}/monitoring/${minute(2)}`, 2 + TWO_DAYS]])
    const { events, effects, state: after } = foldFrom(state, [tick(3000), tick(9000)])
    expect(events).toMatchObject([
      { kind: 'monitoring-ended', at: minute(2 + TWO_DAYS), missing: ['customer_confirmed'] },
    ])
    expect(commentsIn(effects)).toEqual([
      'Due on ESC-2026-000001:\n\n- The fix has been watched until 2026-03-08 09:02 UTC, noticed 1h 58m late. ' +
        'Before it is de-escalated: Nobody has said whether the customer confirms it. Ask them.',
    ])
    expect(openEscalation(after)!.stage).toBe('monitoring')
  })

  it('is proposed to go back at once where nothing is watched', () => {
    const { effects } = foldFrom(fold(...upTo('resolved')).state, [tick(3)])
    expect(commentsIn(effects)).toEqual([expect.stringContaining('It can be de-escalated')])
  })
})

describe('an escalation that goes back', () => {
  it('takes its ticket to the group and the person it came from, with what came of it', () => {
    const { state } = fold(...upTo('monitoring').map(fromAna), says('link-issue', {}, { minutes: 20 }))
    const {
      state: after,
      events,
      effects,
    } = foldFrom(state, [says('deescalate', { customer_confirmed: true }, { minutes: 3000 })])
    expect(after.escalations).toMatchObject([
      {
        stage: 'closed',
        ending: { how: 'de-escalated', rationale: 'Stable for two days', missing: [], customerConfirmed: true },
      },
    ])
    expect(events.at(-1)).toMatchObject({ kind: 'deescalated', via: 'command', missing: [], toGroup: 'Support' })
    expect(effects).toMatchObject([
      { kind: 'route-ticket', group: 'Support', assignee: 11, fields: { stage: 'closed' } },
    ])
    expect(effects[0]!.comment).toBe(
      'ESC-2026-000001 is de-escalated by Ivo Marek.\nThe ticket goes back to Support.\n\nRoot cause: A leak in 2.3.4\n' +
        'Fix: Deployed 2.3.5\nIssue: acme/shop#12 https://github.com/acme/shop/issues/12',
    )
    expect(countdowns(after, 4000)).toEqual([])
  })

  it('too early goes back all the same, and what is missing is written down', () => {
    const { state, effects } = fold(...upTo('monitoring'), says('deescalate', { customer_confirmed: false }))
    expect(state.escalations[0]!.ending).toMatchObject({ missing: ['customer_confirmed', 'monitoring_complete'] })
    expect(effects.at(-1)!.comment).toContain('Done without: customer confirmed, monitoring complete.')
  })

  it('ends its clocks, keeps what was missed in the record, and lets another episode begin', () => {
    const plan = { clocks: clocksIn({ 'first-response': 60, 'fix-to-customer': 30 }) }
    const facts = [
      ...begun(plan),
      ARRIVED,
      says('accept', {}, { minutes: 1 }),
      says('progress', { status: 'fixing' }, { minutes: 2 }),
    ]
    const fixed = [...facts, says('fix-available', {}, { minutes: 3 }), says('resolve', {}, { minutes: 50 })]
    const { state, events } = fold(...fixed, says('deescalate', {}, { minutes: 60 }))
    expect(events.filter(({ kind }) => kind === 'clock-breached')).toMatchObject([
      { clockId: `${E}/0/fix-to-customer`, at: minute(33) },
    ])
    const again = foldFrom(state, [{ ...begun()[1], auditId: 2000, at: minute(100), envelope: null }])
    expect(again.state.escalations).toMatchObject([{ stage: 'closed' }, { stage: 'requested' }])
  })
})

describe('the advisor', () => {
  const advise = (facts: Fact[], at: number, known = {}) =>
    adviseDeescalation(openEscalation(fold(...facts).state)!, minute(at), known)

  it('names what is there and what is missing, each in a sentence', () => {
    const advice = advise(upTo('monitoring'), 60)
    expect(advice).toEqual({
      recommendation: 'wait',
      missing: ['customer_confirmed', 'monitoring_complete'],
      criteria: [
        { criterion: 'root_cause', holds: true, isRequired: true, detail: 'Root cause: A leak in 2.3.4' },
        { criterion: 'fix_applied', holds: true, isRequired: true, detail: 'Fix: Deployed 2.3.5' },
        {
          criterion: 'customer_confirmed',
          holds: false,
          isRequired: true,
          detail: 'Nobody has said whether the customer confirms it. Ask them.',
        },
        {
          criterion: 'monitoring_complete',
          holds: false,
          isRequired: true,
          detail: 'The fix is watched until 2026-03-08 09:02 UTC.',
        },
      ],
    })
  })

  it('recommends it once all that the policy asks for is there', () => {
    expect(advise(upTo('monitoring'), 2 + TWO_DAYS, { customerConfirmed: true })).toMatchObject({
      recommendation: 'de-escalate',
      missing: [],
    })
    expect(advise(upTo('monitoring'), 1 + TWO_DAYS, { customerConfirmed: true })).toMatchObject({
      missing: ['monitoring_complete'],
    })
    expect(advise(upTo('resolved'), 60).recommendation).toBe('de-escalate')
  })

  it('never recommends it before it is resolved, whatever is said of it', () => {
    const known = { customerConfirmed: true, rootCause: 'x', fix: 'y', isMonitored: true }
    const facts = upTo('fixing').map((fact) => (fact.kind === 'command' ? { ...fact, plan: watched() } : fact))
    expect(advise(facts, 60, known)).toMatchObject({ recommendation: 'wait', missing: [] })
    expect(advise(facts, 60).missing).toEqual([
      'root_cause',
      'fix_applied',
      'customer_confirmed',
      'monitoring_complete',
    ])
  })
})

describe('a cause that was found', () => {
  const engineering = clocksIn({ acknowledge: 15, investigate: 120, fix: 600 })
  const facts = [...begun({ clocks: engineering }), ARRIVED]

  it('feeds the clocks of engineering: acknowledge, investigate, fix', () => {
    const { state } = fold(
      ...facts,
      says('accept', {}, { minutes: 10 }),
      says('progress', { root_cause: 'A leak' }, { minutes: 40 }),
      says('progress', { status: 'fixing', root_cause: 'A leak in the cache' }, { minutes: 50 }),
      says('fix-available', {}, { minutes: 100 }),
    )
    const spent = ['acknowledge', 'investigate', 'fix'].map((name) => {
      const { phase, elapsedMs } = clockAt(state, `${E}/0/${name}`, 200)
      return [name, phase, elapsedMs / 60_000]
    })
    expect(spent).toEqual([
      ['acknowledge', 'stopped', 10],
      ['investigate', 'stopped', 30],
      ['fix', 'stopped', 60],
    ])
    expect(hasSignal(openEscalation(state)!, 'cause-found')).toBe(true)
  })

  it('is found at the latest when it is resolved', () => {
    const { state } = fold(...facts, says('accept', {}, { minutes: 10 }), says('resolve', {}, { minutes: 40 }))
    expect(clockAt(state, `${E}/0/investigate`, 200)).toMatchObject({ phase: 'stopped', elapsedMs: 30 * 60_000 })
    expect(clockAt(state, `${E}/0/fix`, 200)).toMatchObject({ phase: 'stopped', elapsedMs: 0 })
  })
})

function fromAna(fact: Fact): Fact {
  return fact.kind === 'command' ? { ...fact, ticket: { ...fact.ticket, assigneeId: 11 } } : fact
}
