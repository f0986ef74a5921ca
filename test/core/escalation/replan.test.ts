import { describe, expect, it } from 'vitest'
import type { ClockPlan } from '../../../core/clock/plan.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { aCommand, aPlan, clocksIn, commandId, NINE } from './facts.ts'
import {
  aTimer,
  begun,
  changed,
  clockAt,
  countdowns,
  created,
  E,
  fold,
  foldFrom,
  minute,
  tick,
  toldIn,
} from './ticks.ts'

describe('C9: a newer policy moves open deadlines once, and the old ones stay in the record', () => {
  const replan = (minutes: number, clocks: ClockPlan['clocks'], tier = 2): Fact => ({
    kind: 'replan',
    at: minute(minutes),
    by: 'Ana Lindqvist',
    plan: aPlan({ policyVersion: 'v2', tier, clocks, at: minute(minutes) }),
  })
  const longer = clocksIn({ customer: 1440, 'first-response': 90, resolution: 600 }, null, 'v2')

  it('the deadline moves, the time counted stays', () => {
    const { state, events } = fold(...begun(), replan(30, longer))
    expect(events.slice(1)).toMatchObject([
      {
        kind: 'deadline-moved',
        at: minute(30),
        clockId: `${E}/0/first-response`,
        clock: 'first-response',
        from: minute(60),
        to: minute(90),
        why: 'Policy v2, applied to open escalations by Ana Lindqvist',
      },
      { kind: 'deadline-moved', clock: 'resolution', from: minute(480), to: minute(600) },
    ])
    expect(clockAt(state, `${E}/0/first-response`, 30)).toMatchObject({
      elapsedMs: 30 * MINUTE_MS,
      deadline: minute(90),
    })
    expect(openEscalation(state)!.respondBy).toBe(minute(90))
  })

  it('told twice it moves them once', () => {
    const once = fold(...begun(), replan(30, longer))
    expect(foldFrom(once.state, [replan(30, longer), replan(31, longer)])).toEqual({
      state: once.state,
      events: [],
      effects: [],
    })
  })

  it('of two at one instant the later holds', () => {
    const { state } = fold(...begun(), replan(30, longer), replan(30, clocksIn({ 'first-response': 45 })))
    expect(clockAt(state, `${E}/0/first-response`, 30).deadline).toBe(minute(45))
  })

  it('a clock that is decided is not decided again', () => {
    const answered = changed(20, { what: 'comment', signal: 'agent-replied' })
    const { state, events } = fold(...begun(), answered, replan(30, clocksIn({ 'first-response': 10 })), tick(31))
    expect(clockAt(state, `${E}/0/first-response`, 31)).toMatchObject({ phase: 'stopped', breachedAt: null })
    expect(toldIn(events)).toEqual([])
  })

  it('a timer that is no longer there has nothing to tell', () => {
    const { state } = fold(...begun({ clocks: {}, timers: [aTimer()] }), replan(30, {}))
    expect(countdowns(state, 500)).toEqual([])
  })

  it.each<[string, Fact[]]>([
    ['another tier', [...begun(), replan(30, longer, 3)]],
    ['no escalation', [created(), replan(30, longer)]],
    ['an escalation that is over', [...begun(), changed(10, { what: 'merged' }), replan(30, longer)]],
  ])('a plan for %s changes nothing', (_, facts) => {
    expect(fold(...facts).events.map(({ kind }) => kind)).not.toContain('deadline-moved')
  })

  it('kept in a database and read again, the same plan is still the same', () => {
    const { state } = fold(...begun(), replan(30, longer))
    const stored = JSON.parse(JSON.stringify(state), (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as TicketState
    expect(foldFrom(stored, [replan(40, longer)]).state).toEqual(state)
  })
})

describe('a note that is completed', () => {
  it('counts on when the policy answers the same', () => {
    const again = aCommand({
      verb: 'amend',
      id: commandId('B'),
      auditId: 1010,
      at: minute(10),
      plan: aPlan({ at: minute(10) }),
    })
    const { state } = fold(...begun(), again)
    expect(openEscalation(state)!.handOvers).toMatchObject([{ at: NINE, plans: [{ at: NINE }] }])
  })

  it('says the target and the schedule it is counted by', () => {
    const { effects } = fold(...begun({ clocks: clocksIn({ 'first-response': 180 }, 'berlin') }))
    expect(effects[0]!.comment).toContain(
      'Respond by: 2026-03-06 13:00 UTC (3h from the hand-over, counted by schedule berlin)',
    )
  })
})
