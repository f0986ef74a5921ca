import { describe, expect, it } from 'vitest'
import { openEscalation } from '../../../core/escalation/state.ts'
import { aCommand, aDecision, anAuthor, commandId } from './facts.ts'
import { moves, NOBODY, RECEIVER, says, upTo } from './said.ts'
import { ARRIVED, begun, changed, clockAt, countdowns, E, fold, foldFrom, minute, tick } from './ticks.ts'

const back = says(
  'return',
  { reason: 'incomplete', missing: ['Steps taken'], explanation: 'Which IdP?' },
  { minutes: 20 },
)
const note = (minutes: number, overrides = {}) =>
  aCommand({ verb: 'amend', id: commandId('B'), auditId: 1000 + minutes, at: minute(minutes), ...overrides })
const from = { groupName: 'Support', assigneeId: 11, tier: 1, priority: 'normal', tags: [] }
const escalated = [begun()[0], { ...begun()[1], ticket: from }, ARRIVED]

describe('C27: an escalation that is not good enough', () => {
  it('goes back to the group and the person it came from, and says what is to be done', () => {
    const { state } = fold(...escalated)
    const { state: after, events, effects } = foldFrom(state, [back])
    expect(openEscalation(after)).toMatchObject({ stage: 'returned', owner: null, routing: { group: 'Support' } })
    expect(events).toMatchObject([
      {
        kind: 'returned',
        reason: 'incomplete',
        missing: ['Steps taken'],
        by: { name: 'Ivo Marek' },
        toGroup: 'Support',
      },
    ])
    expect(effects).toMatchObject([
      { kind: 'route-ticket', group: 'Support', assignee: 11, fields: { stage: 'returned' }, removeTags: [] },
    ])
    expect(effects[0]!.comment).toBe(
      'Returned to Support by Ivo Marek: incomplete.\nMissing: Steps taken.\nWhich IdP?\n\n' +
        'Ana Lindqvist, complete the note and it goes to Identity again, or withdraw ESC-2026-000001. ' +
        'The clocks of tier 2 rest until then; the customer’s goes on.',
    )
  })

  it('stops the clocks of the tier meanwhile, and says why, but not the customer’s', () => {
    const { state } = fold(...escalated, back)
    expect(clockAt(state, `${E}/0/first-response`, 300)).toMatchObject({
      phase: 'paused',
      elapsedMs: 20 * 60_000,
      pause: { why: 'returned: incomplete' },
    })
    expect(clockAt(state, 'customer', 300).phase).toBe('running')
    expect(countdowns(state, 30).map(([id]) => id)).toEqual(['customer/warning/75', 'customer/breach'])
  })

  it('comes to the queue again when its note is completed, and its clocks go on where they were', () => {
    const { state } = fold(...escalated, back)
    const { state: after, events, effects } = foldFrom(state, [note(100)])
    expect(openEscalation(after)).toMatchObject({
      id: E,
      stage: 'requested',
      stageSince: minute(100),
      respondBy: minute(140),
      returns: [{ reason: 'incomplete', cameBack: { at: minute(100) } }],
    })
    expect(events.map(({ kind }) => kind)).toEqual(['amended', 'came-back', 'deadline-moved', 'deadline-moved'])
    expect(effects).toMatchObject([{ kind: 'route-ticket', group: 'Identity specialists', assignee: null }])
    expect(clockAt(after, `${E}/0/first-response`, 120)).toMatchObject({ phase: 'running', deadline: minute(140) })
  })

  it('takes a note that says it escalates for the one that was asked for: a macro cannot know', () => {
    const { state } = fold(...escalated, back, note(100, { envelope: null }))
    expect(state.escalations).toMatchObject([{ id: E, stage: 'requested' }])
    expect(state.refusals).toEqual([])
  })

  it('goes where the completed note leads, with clocks of its own', () => {
    const decision = aDecision({ tier: 3, queue: 'platform', group: 'Platform' })
    const { state } = fold(...escalated, back, note(100, { decision }))
    expect(openEscalation(state)).toMatchObject({
      stage: 'requested',
      handOvers: [{ tier: 2 }, { tier: 3, at: minute(100) }],
    })
    expect(clockAt(state, `${E}/1/first-response`, 110)).toMatchObject({ phase: 'running', deadline: minute(160) })
    expect(clockAt(state, `${E}/0/first-response`, 110).phase).toBe('cancelled')
  })

  it('can be withdrawn by those it was returned to, who have the ticket already', () => {
    const { state } = fold(...escalated, back)
    const said = says('deescalate', {}, { author: anAuthor(), standing: { ...NOBODY, isEscalator: true } })
    const { state: after, events, effects } = foldFrom(state, [said])
    expect(after.escalations).toMatchObject([{ stage: 'closed', ending: { how: 'withdrawn', missing: [] } }])
    expect(events).toMatchObject([{ kind: 'withdrawn', rationale: 'Stable for two days' }])
    expect(effects).toMatchObject([{ group: null, assignee: 'keep', fields: { stage: 'closed' } }])
  })

  it('is not raised while it waits, whatever the customer was promised', () => {
    const plan = { ...begun()[1].plan!, autoEscalation: { at: ['breach' as const], clocks: ['customer' as const] } }
    const { state } = fold(escalated[0]!, { ...begun()[1], plan }, ARRIVED, back)
    const { events } = foldFrom(state, [tick(3000)])
    expect(events.map(({ kind }) => kind)).toEqual(['clock-warned', 'clock-breached'])
  })

  it('is counted as often as it happens', () => {
    const twice = [back, note(100), says('return', {}, { minutes: 120 }), note(200, { id: commandId('C') })]
    const { state } = fold(...escalated, ...twice)
    expect(openEscalation(state)!.returns).toMatchObject([{ reason: 'incomplete' }, { reason: 'wrong_queue' }])
    expect(clockAt(state, `${E}/0/first-response`, 200).elapsedMs).toBe(40 * 60_000)
  })

  it('ends with its ticket', () => {
    const { state } = fold(...escalated, back, changed(60, { what: 'status', to: 'closed' }))
    expect(state.escalations).toMatchObject([{ stage: 'closed' }])
    expect(clockAt(state, `${E}/0/resolution`, 90).phase).toBe('cancelled')
  })
})

describe('a ticket that is moved back by hand', () => {
  it('is returned, and whoever moved it is not overruled', () => {
    const { state, events, effects } = fold(
      ...escalated,
      moves(30, 'Support', null, { author: anAuthor({ name: 'Ivo Marek' }) }),
    )
    expect(openEscalation(state)).toMatchObject({ stage: 'returned', returns: [{ reason: 'other' }] })
    expect(events.at(-1)).toMatchObject({ kind: 'returned', reason: 'other' })
    expect(effects.at(-1)).toMatchObject({ group: null, assignee: 'keep' })
  })

  it('once it is resolved is de-escalated, without what a person should have said', () => {
    const { state, events } = fold(...upTo('monitoring'), moves(30, 'Support', null))
    expect(state.escalations).toMatchObject([{ stage: 'closed', ending: { how: 'de-escalated', rationale: '' } }])
    expect(events.at(-1)).toMatchObject({
      kind: 'deescalated',
      via: 'move',
      missing: ['customer_confirmed', 'monitoring_complete'],
    })
  })

  it('and then to the queue again goes on where it was', () => {
    const target = { decision: aDecision(), plan: begun()[1].plan! }
    const facts = [...escalated, moves(20, 'Support', null), moves(50, 'Identity specialists', target)]
    const { state, events } = fold(...facts)
    expect(openEscalation(state)).toMatchObject({ stage: 'requested', respondBy: minute(90) })
    expect(events.slice(-3)).toMatchObject([
      { kind: 'came-back', via: 'move' },
      { to: minute(90) },
      { to: minute(510) },
    ])
  })
})

describe('somebody who receives', () => {
  it('may send back what was accepted, and what is being fixed', () => {
    const { state } = fold(...upTo('fixing'), says('return', { reason: 'not_reproducible' }, { standing: RECEIVER }))
    expect(openEscalation(state)).toMatchObject({ stage: 'returned', owner: null })
    expect(clockAt(state, `${E}/0/resolution`, 90).phase).toBe('paused')
  })
})
