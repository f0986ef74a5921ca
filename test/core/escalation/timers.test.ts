import { describe, expect, it } from 'vitest'
import type { PlannedTimer } from '../../../core/clock/plan.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import type { TicketState } from '../../../core/escalation/state.ts'
import { ARRIVED, aTimer, begun, changed, fold, foldFrom, minute, tick } from './ticks.ts'

describe('a timer', () => {
  const fired = (state: TicketState, ...facts: Fact[]) =>
    foldFrom(state, facts).events.flatMap((event) => (event.kind === 'timer-fired' ? [[event.at, event.missed]] : []))
  const withTimer = (overrides: Partial<PlannedTimer>, ...facts: Fact[]) =>
    fold(...begun({ clocks: {}, timers: [aTimer(overrides)] }), ARRIVED, ...facts).state
  const accepted = changed(30, { what: 'assigned', to: 31, name: 'Ivo Marek' })

  const solved = changed(20, { what: 'status', to: 'solved' })
  const reopened = changed(40, { what: 'status', to: 'open' })
  it.each<[PlannedTimer['of'], string, Fact[], number | null]>([
    ['queue', 'nothing else', [], 120],
    ['queue', 'somebody accepted', [accepted], null],
    ['queue', 'the ticket was solved', [solved], null],
    ['stage', 'nothing else', [], 120],
    ['stage', 'somebody accepted', [accepted], 150],
    ['age', 'nothing else', [], -480],
    ['age', 'somebody accepted', [accepted], -480],
    ['age', 'the ticket was solved', [solved], null],
    ['age', 'the ticket was reopened', [solved, reopened], -480],
    ['silence', 'nothing else', [], 120],
    ['silence', 'an answer', [changed(20, { what: 'comment', signal: 'agent-replied' })], 140],
    ['silence', 'a word of the customer', [changed(20, { what: 'comment', signal: 'customer-spoke' })], 140],
  ])('of %s after %s comes in its own time', (of, _, facts, dueAt) => {
    expect(fired(withTimer({ of }, ...facts), tick(1000))).toEqual(dueAt === null ? [] : [[minute(dueAt), 0]])
  })

  it('counts the open hours of its schedule', () => {
    // Two hours from ten in Berlin, which is closed for lunch from twelve to one.
    expect(fired(withTimer({ schedule: 'berlin', after: 150 }), tick(1000))).toEqual([[minute(210), 0]])
  })

  it('repeats as often as it takes', () => {
    const state = withTimer({ every: 60 })
    expect(fired(state, tick(119), tick(120), tick(150), tick(185), tick(240))).toEqual([
      [minute(120), 0],
      [minute(180), 0],
      [minute(240), 0],
    ])
  })

  it('after a long stop tells only the last repetition, and how many nobody was told of', () => {
    const state = withTimer({ every: 60 })
    expect(fired(state, tick(130), tick(500), tick(540))).toEqual([
      [minute(120), 0],
      [minute(480), 5],
      [minute(540), 0],
    ])
  })

  it('that repeats for a year takes one place', () => {
    const ticks = Array.from({ length: 400 }, (_, day) => tick(120 + day * 1440))
    expect(foldFrom(withTimer({ every: 1440 }), ticks).state.told).toHaveLength(1)
  })

  it('comes anew for every stage', () => {
    const state = withTimer({ of: 'stage' })
    expect(fired(state, tick(125), changed(130, { what: 'assigned', to: 31, name: 'Ivo Marek' }), tick(260))).toEqual([
      [minute(120), 0],
      [minute(250), 0],
    ])
  })
})
