import { describe, expect, it } from 'vitest'
import { clocksOf } from '../../../core/escalation/clocks.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aCommand, aDecision, anAuthor, aPlan, commandId } from './facts.ts'
import { IVO, moves, says } from './said.ts'
import { ARRIVED, aRaise, begun, changed, created, E, fold, foldFrom, minute, minuteOf, tick } from './ticks.ts'

const toIdentity = { decision: aDecision(), plan: aPlan() }
const breachRaises = { autoEscalation: { at: ['breach' as const], clocks: ['first-response' as const] } }

/** Where it is and what counts, without who asked and how. */
function standing(state: TicketState) {
  const open = openEscalation(state)!
  const { tier, queue } = open.handOvers.at(-1)!
  return {
    stage: open.stage,
    tier,
    queue,
    respondBy: open.respondBy,
    // The customer's word on what came before an entry is the same whatever the entry.
    clocks: clocksOf(state).map(({ id, events }) => ({
      id,
      events: events.map(({ at, kind }) => [kind, minuteOf(at)]),
    })),
    countdowns: countdownsOf(state, calendarOf, minute(1)).map(({ id, at }) => [id, minuteOf(at)]),
  }
}

describe('C21: whichever way a ticket comes to a queue', () => {
  const button = fold(created(), aCommand({ auditId: 1000 })).state
  const ways: [string, Fact][] = [
    ['a note written by macro or on a phone', aCommand({ auditId: 1000, envelope: null })],
    ['a move by hand', moves(0, 'Identity specialists', toIdentity)],
    ['a move by a trigger', moves(0, 'Identity specialists', toIdentity, { author: null })],
  ]

  it.each(ways)('%s starts the same clocks in the same stage as the button', (_, fact) => {
    expect(standing(fold(created(), fact).state)).toEqual(standing(button))
  })

  it('from an open escalation: a command, a move and a raise give the next tier the same clocks', () => {
    const at = 60
    const next = aRaise(at)
    const before = [created(), aCommand({ auditId: 1000, plan: aPlan(breachRaises) }), ARRIVED]
    const platform = (facts: Fact[]) => {
      const { stage, tier, queue, clocks, respondBy } = standing(fold(...before, ...facts).state)
      return { stage, tier, queue, respondBy, clocks: clocks.filter(({ id }) => id.startsWith(`${E}/1/`)) }
    }
    const byCommand = platform([says('hand-on', {}, { minutes: at, target: next })])
    expect(byCommand).toMatchObject({ stage: 'requested', tier: 3, queue: 'platform', respondBy: minute(90) })
    expect(platform([moves(at, 'Platform engineering', next)])).toEqual(byCommand)
    expect(platform([tick(at, next)])).toEqual(byCommand)
  })
})

describe('B28: a ticket that is moved to a higher queue without a word', () => {
  it('is an escalation whose note is owed whole, and is asked for', () => {
    const { state, events, effects } = fold(created(), moves(0, 'Identity specialists', toIdentity))
    expect(openEscalation(state)).toMatchObject({
      id: E,
      registeredBy: 'move',
      note: emptyNote(),
      owed: [{ field: 'issue.summary' }],
      requestedBy: { id: 11, name: 'Ana Lindqvist' },
      from: { groupName: 'Support' },
    })
    expect(events.map(({ kind }) => kind)).toEqual(['requested', 'registered'])
    expect(effects).toMatchObject([{ kind: 'route-ticket', group: 'Identity specialists', assignee: 'keep' }])
    expect(effects[0]!.comment).toContain(
      'Ana Lindqvist, the ticket was moved here without a note; its clocks run all the same. Please write it: summary (20 points).',
    )
  })

  it.each([
    ['escalate', null],
    ['amend', undefined],
  ] as const)('takes the note that follows for the one that is owed, whether it says %s or not', (verb, envelope) => {
    const note = aCommand({
      verb,
      id: commandId('N'),
      auditId: 1020,
      at: minute(20),
      ...(envelope === null && { envelope }),
    })
    const { state } = fold(created(), moves(0, 'Identity specialists', toIdentity), note)
    expect(state.refusals).toEqual([])
    expect(state.escalations).toMatchObject([
      { id: E, owed: [], note: { escalation_reason: 'Needs SAML logs' }, requestedAt: minute(0) },
    ])
  })

  it('is none when it goes down, or to a group of no queue', () => {
    const down = { from: { groupName: 'Platform', tier: 3, priority: null, tags: [] } }
    expect(fold(created(), moves(0, 'Identity specialists', toIdentity, down)).state.escalations).toEqual([])
    expect(fold(created(), moves(0, 'Billing', null)).state.escalations).toEqual([])
  })

  it('in one update with a note goes where the note leads', () => {
    const { state, events } = fold(
      created(),
      aCommand({ auditId: 1000 }),
      moves(0, 'Platform engineering', aRaise(0), { part: 1 }),
    )
    expect(openEscalation(state)!.handOvers).toMatchObject([{ queue: 'identity' }])
    expect(events.map(({ kind }) => kind)).toEqual(['requested', 'moved'])
  })

  it('and given to somebody there is theirs', () => {
    const moved = moves(0, 'Identity specialists', toIdentity)
    const given = changed(0, { what: 'assigned', to: 31, name: 'Ivo Marek' }, { part: 1 })
    const { state, events } = fold(created(), moved, given)
    expect(openEscalation(state)).toMatchObject({ stage: 'accepted', owner: { id: 31, name: 'Ivo Marek' } })
    expect(events.at(-1)).toMatchObject({ kind: 'accepted', by: { name: 'Ana Lindqvist' }, owner: 'Ivo Marek' })
  })

  it('that is replayed begins no second one', () => {
    const facts = [created(), moves(0, 'Identity specialists', toIdentity)]
    const { state } = fold(...facts)
    expect(foldFrom(state, facts)).toEqual({ state, events: [], effects: [] })
  })
})

describe('C26: a ticket that goes back and forth', () => {
  const handedOn = (minutes: number, target: typeof toIdentity, reason = 'Not ours after all') =>
    says('hand-on', { reason }, { minutes, target })
  const there = aRaise(10)

  it('is told as a bounce with what it cost, and from the third hand on others are proposed', () => {
    const { events, effects, state } = fold(
      ...begun(),
      ARRIVED,
      handedOn(10, there),
      handedOn(70, toIdentity),
      handedOn(190, there),
    )
    expect(events.filter(({ kind }) => kind === 'bounced')).toMatchObject([
      { queue: 'identity', times: 1, costMs: 0 },
      { queue: 'platform', times: 2, costMs: 120 * 60_000 },
    ])
    expect(events.filter(({ kind }) => kind === 'third-touch')).toMatchObject([{ touches: 3 }, { touches: 4 }])
    expect(effects.at(-1)!.comment).toContain(
      'It has changed hands 4 times. Instead of handing it on again, ask others to help',
    )
    expect(openEscalation(state)).toMatchObject({ stage: 'requested', owner: null })
  })

  it('says who handed it on and why, and the old tier’s clocks end', () => {
    const { effects, state } = fold(...begun(), ARRIVED, handedOn(10, there))
    expect(effects.at(-1)!.comment).toMatch(/^Handed on to L3 Engineering, Platform by Ivo Marek: Not ours after all\n/)
    const cancelled = clocksOf(state)
      .find(({ id }) => id === `${E}/0/resolution`)!
      .events.at(-1)
    expect(cancelled).toMatchObject({ kind: 'cancel', why: 'handed-on' })
  })

  it('by hand asks whoever moved it why', () => {
    const { effects } = fold(...begun(), ARRIVED, moves(10, 'Platform engineering', there, { author: IVO }))
    expect(effects.at(-1)).toMatchObject({ group: 'Platform engineering', assignee: 'keep' })
    expect(effects.at(-1)!.comment).toContain('Ivo Marek, please say why it was moved.')
  })

  it('keeps whom helped, and nobody as its owner', () => {
    const facts = [says('accept', {}, { minutes: 1 }), says('ask-help', {}, { minutes: 2 }), handedOn(10, there)]
    const { state } = fold(...begun(), ARRIVED, ...facts)
    expect(openEscalation(state)).toMatchObject({ owner: null, helpers: [{ id: 41, name: 'Mira Chen' }] })
  })

  it('C22: skips a tier only with a reason, which is kept', () => {
    const tier4 = { ...there, decision: aDecision({ tier: 4, queue: 'leads', queueName: 'Leads', group: 'Leads' }) }
    const silent = fold(...begun(), ARRIVED, handedOn(10, tier4, ''))
    expect(silent.state.refusals).toMatchObject([{ reason: 'no-reason' }])
    const { events } = fold(...begun(), ARRIVED, handedOn(10, tier4, 'The CEO asks'))
    expect(events.at(-1)).toMatchObject({ kind: 'handed-on', fromTier: 2, tier: 4, reason: 'The CEO asks' })
  })

  it('is not handed on by an ordinary change of group', () => {
    const { state, events } = fold(...begun(), ARRIVED, changed(20, { what: 'group', to: 9 }))
    expect(openEscalation(state)!.handOvers).toHaveLength(1)
    expect(events.at(-1)).toMatchObject({ kind: 'moved', toGroupId: 9, by: { name: anAuthor().name } })
  })
})
