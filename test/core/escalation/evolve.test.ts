import { describe, expect, it } from 'vitest'
import type { RouteTicket } from '../../../core/escalation/effects.ts'
import { evolveAll } from '../../../core/escalation/evolve.ts'
import type { CommandFact, Fact } from '../../../core/escalation/facts.ts'
import { newTicketState } from '../../../core/escalation/state.ts'
import type { Step } from '../../../core/escalation/step.ts'
import {
  aChange,
  aCommand,
  aDecision,
  anAuthor,
  anOutcome,
  aPlan,
  BELOW_BAR,
  clocksIn,
  commandId,
  DIGEST,
  means,
  NINE,
  NO_MORE,
  TICKET_ID,
} from './facts.ts'

function fold(...facts: Fact[]): Step {
  return evolveAll(newTicketState(TICKET_ID), facts, means())
}

const amendment = (overrides: Partial<CommandFact> = {}) =>
  aCommand({ verb: 'amend', id: commandId('B'), auditId: 110, ...overrides })

describe('a command', () => {
  it('begins an escalation and routes the ticket', () => {
    const { state, events, effects } = fold(aCommand())
    expect(state.escalations).toMatchObject([
      {
        id: 'ESC-2026-000001',
        stage: 'requested',
        respondBy: NINE + 3_600_000,
        owed: [],
        routing: { state: 'pending' },
      },
    ])
    expect(events).toMatchObject([{ kind: 'requested', by: { id: 11 }, auditId: 100, tier: 2 }])
    expect(effects).toMatchObject([
      {
        kind: 'route-ticket',
        id: `${commandId('A')}.route.7`,
        group: 'Identity specialists',
        priority: 'high',
        addTags: ['baton', 'baton_tier_2', 'baton_queue_identity'],
        fields: { tier: '2', queue: 'identity', stage: 'requested', severity: 'P2', urgency: '62' },
      },
    ])
  })

  it('says in the ticket where it went, how fast and why', () => {
    const [effect] = fold(aCommand()).effects
    expect(effect!.comment).toBe(
      [
        'Escalated to L2 Specialists, Identity (group Identity specialists).',
        'ESC-2026-000001, asked for by Ana Lindqvist.',
        '',
        'Severity: P2',
        'Urgency: 62 (Enterprise customer +62)',
        'Respond by: 2026-03-06 10:00 UTC (1h from the hand-over)',
        '',
        'Why:',
        '- Component sso belongs to Identity',
        '',
        'Decided by policy v1.',
      ].join('\n'),
    )
  })

  it('is carried out without an envelope, under the id of its audit', () => {
    const { state } = fold(aCommand({ envelope: null }))
    expect(state.commands).toEqual(['audit-100'])
    expect(state.escalations).toHaveLength(1)
  })

  it('is carried out once, however often it arrives', () => {
    const { state, effects } = fold(aCommand(), aCommand({ auditId: 101 }))
    expect(state.escalations).toHaveLength(1)
    expect(effects).toHaveLength(1)
    expect(state.refusals).toEqual([])
  })

  const otherTicket = { v: 1, verb: 'escalate', id: commandId('A'), ticket: 8, digest: DIGEST } as const
  const otherNote = { v: 1, verb: 'escalate', id: commandId('A'), ticket: TICKET_ID, digest: 'e'.repeat(43) } as const
  it.each<[string, Partial<CommandFact>, string, RegExp]>([
    ['of an end user', { author: anAuthor({ role: 'end-user' }) }, 'not-an-agent', /Only agents/],
    ['of a light agent', { author: anAuthor({ isLightAgent: true }) }, 'light-agent', /Light agents/],
    ['of an agent of another group', { allowedGroupIds: [2, 3] }, 'wrong-group', /your groups/],
    ['copied from another ticket', { envelope: otherTicket }, 'other-ticket', /made for ticket 8/],
    ['that does not match its comment', { envelope: otherNote }, 'digest-mismatch', /not the one/],
    [
      'without a readable note',
      { reading: { ok: false, problems: ['The heading “Impact” appears twice.'] } },
      'unreadable-note',
      /The heading “Impact” appears twice\./,
    ],
    ['the policy gave no answer to', { decision: null }, 'undecided', /check the policy/],
    ['the policy gave no plan for', { plan: null }, 'undecided', /check the policy/],
    ['below the bar', { completeness: BELOW_BAR }, 'below-bar', /customer impact \(20 points\), reproduction steps/],
  ])('%s is refused with a visible reason', (_, overrides, reason, detail) => {
    const { state, events, effects } = fold(aCommand(overrides))
    expect(state.escalations).toEqual([])
    expect(state.refusals).toMatchObject([{ commandId: commandId('A'), reason, by: { id: 11 } }])
    expect(state.refusals[0]!.detail).toMatch(detail)
    expect(events).toMatchObject([{ kind: 'refused', reason }])
    expect(effects).toMatchObject([{ kind: 'explain-refusal', escalationId: null }])
    expect(effects[0]!.comment).toMatch(detail)
  })

  it('of an agent in one of the allowed groups is carried out', () => {
    expect(fold(aCommand({ allowedGroupIds: [1, 2] })).state.escalations).toHaveLength(1)
  })

  it('goes at once when it is severe enough, and the rest is asked for', () => {
    const { state, effects } = fold(aCommand({ completeness: BELOW_BAR, sentAtOnce: true }))
    expect(state.escalations[0]!.owed).toEqual(BELOW_BAR.missing)
    expect(effects[0]!.comment).toContain('Please add: customer impact (20 points), reproduction steps (15 points).')
  })

  it('tells a second agent who escalated already, and when', () => {
    const second = aCommand({ id: commandId('C'), auditId: 120, author: anAuthor({ id: 12, name: 'Ben Okafor' }) })
    const { state, effects } = fold(aCommand(), second)
    expect(state.escalations).toHaveLength(1)
    expect(state.refusals[0]).toMatchObject({ reason: 'already-escalated', by: { name: 'Ben Okafor' } })
    expect(effects[1]!.comment).toContain('Ana Lindqvist already escalated this ticket on 2026-03-06 09:00 UTC')
  })

  it('begins another escalation once the last one ended', () => {
    const again = aCommand({ id: commandId('C'), auditId: 300 })
    const { state } = fold(aCommand(), aChange({ what: 'status', to: 'closed' }), again)
    expect(state.escalations.map(({ stage }) => stage)).toEqual(['closed', 'requested'])
  })
})

describe('an amendment', () => {
  it('replaces the note and settles what was owed', () => {
    const { state, events, effects } = fold(aCommand({ completeness: BELOW_BAR, sentAtOnce: true }), amendment())
    expect(state.escalations[0]).toMatchObject({ owed: [], commandId: commandId('A') })
    expect(events.at(-1)).toMatchObject({ kind: 'amended', owed: [] })
    expect(effects).toHaveLength(1)
  })

  it('moves the ticket when the policy now answers another queue', () => {
    const decision = aDecision({ tier: 3, queue: 'platform', group: 'Platform', tags: ['baton_tier_3'] })
    const { state, effects } = fold(aCommand(), amendment({ decision }))
    expect(effects[1]).toMatchObject({
      id: `${commandId('B')}.route.7`,
      group: 'Platform',
      removeTags: ['baton_tier_2', 'baton_queue_identity'],
    })
    expect(state.escalations[0]!.routing.effectId).toBe(`${commandId('B')}.route.7`)
  })

  it('leaves group and assignee alone when the ticket arrived and only its severity changes', () => {
    const done = anOutcome({ state: 'done', differences: [], wasPublic: false })
    const first = fold(aCommand(), done).state
    const { effects } = evolveAll(first, [amendment({ decision: aDecision({ severity: 'P1' }) })], NO_MORE)
    expect(effects).toMatchObject([{ group: null, fields: { severity: 'P1' } }])
  })

  it('still moves the ticket when the first update has not arrived', () => {
    const { effects } = fold(aCommand(), amendment({ decision: aDecision({ severity: 'P1' }) }))
    expect((effects[1] as RouteTicket).group).toBe('Identity specialists')
  })

  it.each([
    ['refused', anOutcome({ state: 'refused', reason: 'forbidden', detail: 'No access.' })],
    ['failed', anOutcome({ state: 'failed', reason: 'timeout', detail: 'No answer.', attempts: 20 })],
  ])('has the ticket moved after all when the first update was %s, though nothing else changed', (_, outcome) => {
    const { state, effects } = evolveAll(fold(aCommand(), outcome).state, [amendment()], NO_MORE)
    expect(effects).toMatchObject([{ id: `${commandId('B')}.route.7`, group: 'Identity specialists' }])
    expect(state.escalations).toMatchObject([{ routing: { state: 'pending', reason: null, attempts: 0 } }])
  })

  it('keeps the target counting from the hand-over', () => {
    const later = amendment({
      at: NINE + 1_800_000,
      plan: aPlan({ clocks: clocksIn({ 'first-response': 30 }) }),
    })
    expect(fold(aCommand(), later).state.escalations[0]!.respondBy).toBe(NINE + 1_800_000)
  })

  it('without an open escalation is refused', () => {
    expect(fold(amendment()).state.refusals).toMatchObject([{ reason: 'nothing-to-amend', verb: 'amend' }])
  })
})

describe('a change of the ticket', () => {
  it.each([
    ['closed', aChange({ what: 'status', to: 'closed' })],
    ['deleted', aChange({ what: 'status', to: 'deleted' })],
    ['merged', aChange({ what: 'merged' })],
    ['deleted', { kind: 'gone', at: NINE } as const],
  ])('ends the escalation when it is %s', (status, fact) => {
    const { state, events } = fold(aCommand(), fact)
    expect(state.escalations[0]).toMatchObject({
      stage: 'closed',
      routing: { state: 'refused', reason: `ticket-${status}` },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'ticket-ended', status })
  })

  it('keeps what is known of a route that arrived', () => {
    const done = anOutcome({ state: 'done', differences: [], wasPublic: false })
    const { state } = evolveAll(fold(aCommand(), done).state, [aChange({ what: 'merged' })], NO_MORE)
    expect(state.escalations[0]).toMatchObject({ stage: 'closed', routing: { state: 'done' } })
  })

  it('is recorded when it moves to another group, and changes nothing else', () => {
    const { state, events } = fold(aCommand(), aChange({ what: 'group', to: 5 }))
    expect(state.escalations[0]!.stage).toBe('requested')
    expect(events.at(-1)).toMatchObject({ kind: 'moved', toGroupId: 5, by: { name: 'Ana Lindqvist' } })
  })

  it('means nothing without an escalation', () => {
    expect(fold(aChange({ what: 'status', to: 'closed' })).events).toEqual([])
  })
})

describe('the outcome of an effect', () => {
  it.each([
    ['done', anOutcome({ state: 'done', differences: [], wasPublic: false }), 'routed'],
    [
      'differs',
      anOutcome({ state: 'done', differences: [{ field: 'group', asked: 'A', returned: 'B' }], wasPublic: false }),
      'routed',
    ],
    ['refused', anOutcome({ state: 'refused', reason: 'ticket-closed', detail: 'Closed.' }), 'routing-refused'],
    ['pending', anOutcome({ state: 'retrying', reason: 'timeout', detail: 'Away.', attempts: 1 }), 'routing-delayed'],
    ['failed', anOutcome({ state: 'failed', reason: 'timeout', detail: 'Away.', attempts: 20 }), 'routing-failed'],
  ])('shows as %s', (shown, fact, kind) => {
    const { state, events } = fold(aCommand(), fact)
    expect(state.escalations[0]!.routing.state).toBe(shown)
    expect(events.at(-1)).toMatchObject({ kind, escalationId: 'ESC-2026-000001' })
  })

  it('names the difference in words', () => {
    const differences = [{ field: 'group', asked: 'Identity', returned: 'Billing' }]
    const { state } = fold(aCommand(), anOutcome({ state: 'done', differences, wasPublic: false }))
    expect(state.escalations[0]!.routing.detail).toBe('group: asked Identity, got Billing')
  })

  it('records that a comment had been public', () => {
    const { events } = fold(aCommand(), anOutcome({ state: 'done', differences: [], wasPublic: true }))
    expect(events.map(({ kind }) => kind)).toEqual(['requested', 'routed', 'comment-was-public'])
  })

  it('may still arrive after it failed', () => {
    const failed = anOutcome({ state: 'failed', reason: 'timeout', detail: 'Away.', attempts: 20 })
    const done = anOutcome({ state: 'done', differences: [], wasPublic: false })
    expect(fold(aCommand(), failed, done).state.escalations[0]!.routing.state).toBe('done')
  })

  it('of an update that was replaced says nothing of the newer one', () => {
    const other = amendment({ decision: aDecision({ tier: 3 }) })
    const { state } = fold(aCommand(), other, anOutcome({ state: 'refused', reason: 'replaced', detail: '' }))
    expect(state.escalations[0]!.routing.state).toBe('pending')
  })
})
