import { describe, expect, it } from 'vitest'
import type { ClockPlan } from '../../../core/clock/plan.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { aCommand, clocksIn, TICKET_ID } from './facts.ts'
import {
  aRaise,
  aStep,
  aTimer,
  begun,
  changed,
  commentsIn,
  countdowns,
  created,
  E,
  fold,
  foldFrom,
  minute,
  tick,
  toldIn,
} from './ticks.ts'

describe('a tick', () => {
  it('tells what fell due by then, once, at its true instant and with how late it was noticed', () => {
    const { state, events, effects } = fold(...begun(), tick(50))
    expect(events.at(-1)).toEqual({
      kind: 'clock-warned',
      at: minute(45),
      escalationId: E,
      by: null,
      auditId: null,
      clockId: `${E}/0/first-response`,
      clock: 'first-response',
      tier: 2,
      percent: 75,
      lateMs: 5 * MINUTE_MS,
    })
    expect(state.told).toEqual([`${E}/0/first-response/warning/75`])
    expect(effects.at(-1)).toMatchObject({ kind: 'tell-ticket', escalationId: E, ticketId: TICKET_ID, notBefore: null })
    expect(foldFrom(state, [tick(50), tick(51)])).toMatchObject({ events: [], effects: [] })
  })

  it('before anything is due tells nothing', () => {
    expect(fold(...begun(), tick(44))).toMatchObject({
      events: [{ kind: 'requested' }],
      effects: [{ kind: 'route-ticket' }],
    })
  })

  it('without an open escalation tells nothing', () => {
    expect(fold(created(), tick(9999))).toMatchObject({ events: [], effects: [] })
  })

  it('writes one comment for people: what, which clock and tier, when, how late, and what Baton does', () => {
    const plan = { autoEscalation: { at: ['breach'], clocks: ['resolution'] } } as const
    const { effects } = fold(...begun(plan), tick(481, aRaise(481)))
    expect(commentsIn(effects)).toEqual([
      [
        `Due on ${E}:`,
        '',
        '- 75 % of the first response target of tier 2 (1h) was used up on 2026-03-06 09:45 UTC, noticed 7h 16m late. This is a warning.',
        '- The first response target of tier 2 (1h) ran out on 2026-03-06 10:00 UTC, noticed 7h 1m late. Baton has recorded it.',
        '- 75 % of the resolution target of tier 2 (8h) was used up on 2026-03-06 15:00 UTC, noticed 2h 1m late. This is a warning.',
        '- 75 % of the target promised to the customer (1d) was used up on 2026-03-06 17:00 UTC. This is a warning.',
        '- The resolution target of tier 2 (8h) ran out on 2026-03-06 17:00 UTC. Baton raises it to L3 Engineering, Platform.',
      ].join('\n'),
    ])
  })

  it('does not count as late what had happened before anybody escalated', () => {
    const { events } = fold(created(-2000), aCommand({ auditId: 1000 }), tick(0))
    expect(events.slice(1)).toMatchObject([
      { kind: 'clock-warned', clockId: 'customer', at: minute(-2000 + 1080), lateMs: 0 },
      { kind: 'clock-breached', clockId: 'customer', at: minute(-2000 + 1440), lateMs: 0 },
    ])
  })
})

describe('C14: a late look still records the true instants', () => {
  const plan = { clocks: clocksIn({ 'first-response': 60, resolution: 180 }) }

  it('six hours stopped, it tells each once, in order, in one comment', () => {
    const { state, events, effects } = fold(...begun(plan), tick(40), tick(400))
    expect(toldIn(events)).toEqual([
      ['clock-warned', `${E}/0/first-response 75`, 45],
      ['clock-breached', `${E}/0/first-response`, 60],
      ['clock-warned', `${E}/0/resolution 75`, 135],
      ['clock-breached', `${E}/0/resolution`, 180],
    ])
    expect(commentsIn(effects)).toHaveLength(1)
    expect(countdowns(state, 400)).toEqual([])
  })

  it('a breach between two looks is not lost, though the ticket was answered in between', () => {
    const answered = changed(70, { what: 'comment', signal: 'agent-replied' })
    const { events } = fold(...begun(plan), tick(40), answered, tick(90))
    expect(toldIn(events)).toEqual([
      ['clock-warned', `${E}/0/first-response 75`, 45],
      ['clock-breached', `${E}/0/first-response`, 60],
    ])
  })

  it('what was told and turns out wrong is corrected once in the record, and told when it comes true', () => {
    const pending = changed(100, { what: 'status', to: 'pending' })
    const open = changed(220, { what: 'status', to: 'open' })
    const { events } = fold(
      ...begun({ clocks: clocksIn({ resolution: 180 }) }),
      tick(200),
      pending,
      open,
      tick(210),
      tick(301),
    )
    expect(events.filter(({ kind }) => kind !== 'requested')).toMatchObject([
      { kind: 'clock-warned', at: minute(135) },
      { kind: 'clock-breached', at: minute(180) },
      { kind: 'clock-corrected', clockId: `${E}/0/resolution`, told: `${E}/0/resolution/warning/75` },
      { kind: 'clock-corrected', clockId: `${E}/0/resolution`, told: `${E}/0/resolution/breach` },
      { kind: 'clock-warned', at: minute(255) },
      { kind: 'clock-breached', at: minute(300) },
    ])
  })
})

describe('C12: people are told in their hours', () => {
  // Friday 2026-03-06, 18:30 in Berlin; the office opens on Monday at nine.
  const evening = 8.5 * 60
  const monday = 3 * 24 * 60 - 60
  const clocks = clocksIn({ resolution: evening })

  it('at night the comment waits for the opening, and the record says what was put off', () => {
    const { events, effects } = fold(...begun({ clocks, noticeHours: 'berlin' }), tick(evening))
    expect(effects.at(-1)).toMatchObject({ kind: 'tell-ticket', notBefore: minute(monday) })
    expect(events.at(-1)).toMatchObject({
      kind: 'notice-deferred',
      at: minute(evening),
      until: minute(monday),
      what: ['75 % of the resolution target of tier 2 (8h 30m)', 'The resolution target of tier 2 (8h 30m)'],
    })
  })

  it.each<[string, Partial<ClockPlan>]>([
    ['a severity that is told at any hour', { clocks, noticeHours: null }],
    ['somebody who is on call', { clocks, noticeHours: 'berlin', onCall: [aStep(0, evening)] }],
  ])('%s is told at once', (_, plan) => {
    const { events, effects } = fold(...begun(plan), tick(evening))
    expect(effects.at(-1)).toMatchObject({ kind: 'tell-ticket', notBefore: null })
    expect(events.map(({ kind }) => kind)).not.toContain('notice-deferred')
  })

  it('in the hours it is told at once', () => {
    expect(fold(...begun({ noticeHours: 'berlin' }), tick(50)).effects.at(-1)).toMatchObject({ notBefore: null })
  })

  it('the move to another tier does not wait', () => {
    const plan = { clocks, noticeHours: 'berlin', autoEscalation: { at: ['breach'], clocks: ['resolution'] } } as const
    expect(
      fold(...begun(plan), tick(evening, aRaise(evening, { noticeHours: 'berlin' }))).effects.slice(1),
    ).toMatchObject([{ kind: 'route-ticket' }, { kind: 'tell-ticket', notBefore: minute(monday) }])
  })
})

describe('C17: what is going to happen is worked out by what makes it happen', () => {
  it('every countdown that was foretold is told at the foretold instant', () => {
    const { state } = fold(...begun({ onCall: [aStep(0, 20)], timers: [aTimer()] }))
    const foretold = countdowns(state, 0)
    expect(foretold.map(([, minute]) => minute)).toEqual([20, 45, 60, 120, 360, 480, 480, 840])
    const { events } = foldFrom(state, [tick(840)])
    expect(toldIn(events).map(([, , minute]) => minute)).toEqual(foretold.map(([, minute]) => minute))
  })

  it('a raise says in the ticket and in the record what it came of', () => {
    const plan = { autoEscalation: { at: ['breach'], clocks: ['first-response'] } } as const
    const { events, effects } = fold(...begun(plan), tick(61, aRaise(61)))
    const raised = events.find((event) => event.kind === 'raised')!
    const routed = effects.find(({ id }) => id.includes('.raise.'))!
    expect(routed.comment).toContain(raised.because)
  })
})
