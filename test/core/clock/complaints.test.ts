import { describe, expect, it } from 'vitest'
import { commentSignal } from '../../../core/clock/clock-event-comment.ts'
import { compareWithZendesk } from '../../../core/clock/zendesk-differences.ts'
import { foldZendeskClocks } from '../../../core/clock/zendesk-sla.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import { evolve } from '../../../core/escalation/evolve.ts'
import type { TicketState } from '../../../core/escalation/state.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import { at, calendarOf, clockAt, history, started } from './clocks.ts'
import { written } from './instants.ts'
import { aHandOver, aPlan, aTicketState, type TicketHistory, ticketClocksAt } from './tickets.ts'
import { aZendeskTarget, metricHistory } from './zendesk-events.ts'

/** What others were complained about, told of whole tickets. Single clocks are in `sla.test.ts`. */

const means = { calendarOf, allot: () => ({ escalationId: 'never' }) }

function tick(state: TicketState, now: Instant) {
  return evolve(state, { kind: 'tick', at: now, raise: null }, means)
}

describe('C6: two clocks always', () => {
  const plan = (tier: number, minutes: number) => aPlan({ customer: 240, resolution: minutes }, { tier })
  const state = aTicketState(
    [['2026-03-09 08:00Z', { what: 'created', status: 'open' }]],
    [aHandOver('2026-03-09 08:30Z', 2, plan(2, 120)), aHandOver('2026-03-09 10:00Z', 3, plan(3, 60))],
  )

  it('gives the tier that takes over all of its own target, and the customer nothing anew', () => {
    expect(ticketClocksAt('2026-03-09 10:00Z', state)).toMatchObject({
      customer: { startedAt: at('2026-03-09 08:00Z'), elapsedMs: 2 * HOUR_MS },
      '1/resolution': { startedAt: at('2026-03-09 10:00Z'), elapsedMs: 0, deadline: at('2026-03-09 11:00Z') },
    })
  })

  it('ends the clock of the tier that had it, so that it blames nobody later', () => {
    expect(ticketClocksAt('2026-03-10 10:00Z', state)['0/resolution']).toMatchObject({
      ...{ phase: 'cancelled', cancelledFor: 'handed-on', breachedAt: null, elapsedMs: 90 * MINUTE_MS },
    })
  })
})

describe('C7: a change of priority', () => {
  const [slow, quick] = [
    aPlan({ 'first-response': 240, resolution: 480 }),
    aPlan({ 'first-response': 30, resolution: 60 }),
  ]
  const state = aTicketState(
    [
      ['2026-03-09 08:00Z', { what: 'created', status: 'open' }],
      ['2026-03-09 09:00Z', { what: 'replied' }],
    ],
    [aHandOver('2026-03-09 08:00Z', 2, slow, ['2026-03-09 10:00Z', { ...quick, severity: 'P1' }])],
  )

  it('keeps the time counted and leaves what was decided as it was', () => {
    expect(ticketClocksAt('2026-03-09 10:30Z', state)).toMatchObject({
      '0/first-response': { phase: 'stopped', breachedAt: null, elapsedMs: HOUR_MS },
      '0/resolution': { breachedAt: at('2026-03-09 10:00Z'), breachedBy: 'target', elapsedMs: 150 * MINUTE_MS },
    })
  })

  it('that finds a target used up tells one breach, at the change, and no warning beside it', () => {
    const { events, effects } = tick(state, at('2026-03-09 11:00Z'))
    expect(events.map(({ kind, at }) => [kind, written(at)])).toEqual([['clock-breached', '2026-03-09 10:00Z']])
    expect(effects).toHaveLength(1)
    expect(tick(tick(state, at('2026-03-09 11:00Z')).state, at('2026-03-20 11:00Z')).events).toEqual([])
  })
})

describe('C8: what was judged', () => {
  const first = aPlan({ resolution: 60 }, { policyVersion: 'v1' })
  const later = aPlan({ resolution: 600 }, { policyVersion: 'v2' })
  const ticket = (...handOvers: Parameters<typeof aTicketState>[1]) =>
    aTicketState([['2026-03-09 08:00Z', { what: 'created', status: 'open' }]], handOvers)
  const before = ticket(aHandOver('2026-03-09 08:00Z', 2, first))
  const after = ticket(aHandOver('2026-03-09 08:00Z', 2, first, ['2026-03-10 08:00Z', later]))

  it('stays judged by the policy that was in force then, also when another one is put in force', () => {
    expect(ticketClocksAt('2026-03-20 08:00Z', after)['0/resolution']).toMatchObject({
      breachedAt: at('2026-03-09 09:00Z'),
      breached: { target: { minutes: 60, policyVersion: 'v1' } },
    })
  })

  it('is answered for every instant before the change as it was answered then', () => {
    for (let now = at('2026-03-09 07:00Z'); now < at('2026-03-10 08:00Z'); now += 17 * MINUTE_MS) {
      expect(ticketClocksAt(now, after)).toEqual(ticketClocksAt(now, before))
    }
  })

  it('is not touched by asking what another policy would have made of it', () => {
    const kept = structuredClone(before)
    const whatIf = ticket(aHandOver('2026-03-09 08:00Z', 2, later))
    expect(ticketClocksAt('2026-03-09 12:00Z', whatIf)['0/resolution']).toMatchObject({ breachedAt: null })
    expect(before).toEqual(kept)
  })
})

describe('C10: a comment', () => {
  const untouched = { customer: 'running', 'first-response': 'running', resolution: 'running', acknowledge: 'running' }
  const answered = { ...untouched, 'first-response': 'stopped' }

  it.each([
    ['an agent in public', commentSignal('agent', true, false), answered],
    ['an agent in private', commentSignal('agent', false, false), untouched],
    ['an agent who asked for the ticket', commentSignal('agent', true, true), untouched],
    ['a light agent', commentSignal('light-agent', false, false), untouched],
    ['an end user, by web, mail or chat', commentSignal('end-user', true, false), untouched],
    ['an integration in public', commentSignal('api', true, false), answered],
    ['an integration in private', commentSignal('api', false, false), untouched],
    ['a bot', commentSignal('bot', true, false), untouched],
  ])('of %s moves each clock as it says', (_, signal, expected) => {
    const what = signal === 'agent-replied' ? 'replied' : 'customer-spoke'
    const words: TicketHistory = signal === null ? [] : [['2026-03-09 08:30Z', { what }]]
    const plan = aPlan({ customer: 480, 'first-response': 120, resolution: 480, acknowledge: 60 })
    const state = aTicketState(
      [['2026-03-09 08:00Z', { what: 'created', status: 'open' }], ...words],
      [aHandOver('2026-03-09 08:00Z', 3, plan)],
    )
    const phases = Object.entries(ticketClocksAt('2026-03-09 08:45Z', state)).map(([id, { phase }]) => [
      id.replace('0/', ''),
      phase,
    ])
    expect(Object.fromEntries(phases)).toEqual(expected)
  })

  it('of the customer after the answer does not take the answer back', () => {
    const state = aTicketState(
      [
        ['2026-03-09 08:00Z', { what: 'created', status: 'open' }],
        ['2026-03-09 08:30Z', { what: 'replied' }],
        ['2026-03-09 08:40Z', { what: 'customer-spoke' }],
        ['2026-03-09 08:50Z', { what: 'replied' }],
      ],
      [aHandOver('2026-03-09 08:00Z', 2, aPlan({ 'first-response': 60 }))],
    )
    expect(ticketClocksAt('2026-03-12 08:00Z', state)['0/first-response']).toMatchObject({
      ...{ phase: 'stopped', since: at('2026-03-09 08:30Z'), breachedAt: null },
    })
  })
})

describe('C11: a ticket that has ended', () => {
  const plan = aPlan({ customer: 600, 'first-response': 120, resolution: 480 })

  it.each(['merged', 'closed', 'deleted'] as const)(
    'by being %s has no countdown any more, however late one looks',
    (why) => {
      const state = aTicketState(
        [
          ['2026-03-09 08:00Z', { what: 'created', status: 'open' }],
          ['2026-03-09 08:50Z', { what: 'ended', why }],
        ],
        [aHandOver('2026-03-09 08:00Z', 2, plan)],
        // As if the end had not reached the escalation yet: the clocks know it by themselves.
        { stage: 'requested' },
      )
      expect(countdownsOf(state, calendarOf, at('2026-05-09 08:00Z'))).toEqual([])
      expect(tick(state, at('2026-05-09 08:00Z'))).toMatchObject({ events: [], effects: [] })
    },
  )

  it.each(['closed', 'returned', 'rejected'] as const)('by an escalation that is %s tells nothing either', (stage) => {
    const state = aTicketState(
      [['2026-03-09 08:00Z', { what: 'created', status: 'open' }]],
      [aHandOver('2026-03-09 08:00Z', 2, plan)],
      { stage, stageSince: at('2026-03-09 08:50Z') },
    )
    expect(countdownsOf(state, calendarOf, at('2026-05-09 08:00Z'))).toEqual([])
    expect(tick(state, at('2026-05-09 08:00Z'))).toMatchObject({ events: [], effects: [] })
  })
})

describe('C12: a notice', () => {
  /** Half of 24 hours is used up on Saturday. */
  const state = (noticeHours: string | null) =>
    aTicketState(
      [['2026-03-13 20:00Z', { what: 'created', status: 'open' }]],
      [
        aHandOver(
          '2026-03-13 20:00Z',
          2,
          aPlan({ resolution: 1440 }, { noticeHours, target: { counts: 'calendar', warnAt: [50] } }),
        ),
      ],
    )
  const saturday = at('2026-03-14 08:00Z')

  it('waits for the hours in which people work, and is recorded as deferred', () => {
    const { events, effects } = tick(state('berlin'), saturday)
    expect(effects).toMatchObject([{ kind: 'tell-ticket', notBefore: at('2026-03-16 08:00Z') }])
    expect(events).toMatchObject([
      { kind: 'clock-warned', at: saturday },
      { kind: 'notice-deferred', until: at('2026-03-16 08:00Z') },
    ])
  })

  it('goes out at once where the policy names no hours, as for severities round the clock', () => {
    const { events, effects } = tick(state(null), saturday)
    expect(effects).toMatchObject([{ kind: 'tell-ticket', notBefore: null }])
    expect(events.map(({ kind }) => kind)).toEqual(['clock-warned'])
  })
})

describe('C13: a figure that is not Zendesk’s', () => {
  it('says that Zendesk counts by the last schedule only, from which instant, and by which target', () => {
    const ours = clockAt(
      '2026-03-09 15:30Z',
      history(
        ['2026-03-09 15:00Z', started({ minutes: 120 })],
        ['2026-03-09 15:30Z', { kind: 'schedule', schedule: 'new-york' }],
      ),
    )
    const [theirs] = foldZendeskClocks(
      metricHistory(
        'requester_wait_time',
        1,
        ['2026-03-09 14:00Z', { kind: 'activate' }],
        ['2026-03-09 14:10Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: HOUR_MS, counts: 'business' }) }],
        ['2026-03-09 16:00Z', { kind: 'breach' }],
      ),
      at('2026-03-09 15:30Z'),
    )
    expect(compareWithZendesk(ours, theirs!, 2)).toEqual({
      agrees: false,
      differences: [
        { what: 'start', ours: at('2026-03-09 15:00Z'), theirs: at('2026-03-09 14:00Z') },
        { what: 'target', oursMs: 2 * HOUR_MS, theirsMs: HOUR_MS },
        { what: 'applied-later', startedAt: at('2026-03-09 14:00Z'), appliedAt: at('2026-03-09 14:10Z') },
        { what: 'schedules', count: 2 },
      ],
    })
  })
})

describe('C14: a late look', () => {
  it('tells what was missed once each, in order, at the true instants and how late it is', () => {
    const state = aTicketState(
      [['2026-03-09 08:00Z', { what: 'created', status: 'open' }]],
      [aHandOver('2026-03-09 08:00Z', 2, aPlan({ resolution: 120 }))],
    )
    const { events, effects } = tick(state, at('2026-03-09 16:00Z'))
    expect(
      events.map((event) => [event.kind, written(event.at), 'lateMs' in event && event.lateMs / MINUTE_MS]),
    ).toEqual([
      ['clock-warned', '2026-03-09 09:00Z', 420],
      ['clock-warned', '2026-03-09 09:30Z', 390],
      ['clock-breached', '2026-03-09 10:00Z', 360],
    ])
    expect(effects).toHaveLength(1)
  })
})

describe('C17: what is foreseen', () => {
  it('at the hand-over is what is told, one by one, when nothing changes', () => {
    let state = aTicketState(
      [['2026-03-13 14:00Z', { what: 'created', status: 'open' }]],
      [aHandOver('2026-03-13 14:00Z', 2, aPlan({ customer: 600, 'first-response': 120, resolution: 480 }))],
    )
    const foreseen = countdownsOf(state, calendarOf, at('2026-03-13 14:00Z'))
    expect(foreseen.length).toBe(9)
    for (const { id, at: due } of foreseen) {
      expect(tick(state, due - 1)).toMatchObject({ events: [] })
      const step = tick(state, due)
      expect(step.state.told).toContain(id)
      expect(step.events.every((event) => event.at === due)).toBe(true)
      state = step.state
    }
    expect(countdownsOf(state, calendarOf, at('2026-04-13 14:00Z'))).toEqual([])
  })
})
