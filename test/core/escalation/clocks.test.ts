import { describe, expect, it } from 'vitest'
import { type CommentAuthor, commentSignal } from '../../../core/clock/clock-event-comment.ts'
import { clocksOf } from '../../../core/escalation/clocks.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aCommand, aDecision, aPlan, clocksIn, commandId, NINE } from './facts.ts'
import { ARRIVED, aRaise, changed, clockAt, created, fold, foldFrom, minute, tick } from './ticks.ts'

const FIRST = 'ESC-2026-000001/0/first-response'
const RESOLUTION = 'ESC-2026-000001/0/resolution'
const command = (overrides: Parameters<typeof aCommand>[0] = {}) => aCommand({ auditId: 1000, ...overrides })

/** The note is completed: the next audit after nine that carries a command. */
const amendment = (minutes: number, overrides: Parameters<typeof aCommand>[0] = {}) =>
  aCommand({ verb: 'amend', id: commandId('B'), auditId: 1000 + minutes, at: minute(minutes), ...overrides })

describe('C6: the customer clock never resets, and a tier never inherits a clock that is used up', () => {
  const tier3 = aDecision({ tier: 3, queue: 'platform' })
  const plan3 = aPlan({ tier: 3, clocks: clocksIn({ customer: 1440, 'first-response': 60, resolution: 120 }) })

  it('the customer clock counts from the creation of the ticket, those of the tier from the hand-over', () => {
    const { state } = fold(created(-600), command())
    expect(clockAt(state, 'customer', 30)).toMatchObject({ startedAt: minute(-600), elapsedMs: 630 * MINUTE_MS })
    expect(clockAt(state, RESOLUTION, 30)).toMatchObject({ startedAt: NINE, elapsedMs: 30 * MINUTE_MS })
  })

  it('a tier that takes over late has all of its time, and the clocks of the one before it end', () => {
    const { state } = fold(created(), command(), amendment(50, { decision: tier3, plan: plan3 }))
    expect(clockAt(state, 'ESC-2026-000001/1/first-response', 60)).toMatchObject({
      elapsedMs: 10 * MINUTE_MS,
      deadline: minute(110),
    })
    expect(clockAt(state, FIRST, 60)).toMatchObject({ phase: 'cancelled', cancelledFor: 'handed-on', deadline: null })
    expect(clockAt(state, 'customer', 60).elapsedMs).toBe(660 * MINUTE_MS)
  })

  it('what the tier before it had met stays met', () => {
    const { state } = fold(
      created(),
      command(),
      changed(20, { what: 'comment', signal: 'agent-replied' }),
      amendment(50, { decision: tier3, plan: plan3 }),
    )
    expect(clockAt(state, FIRST, 600)).toMatchObject({ phase: 'stopped', stoppedBy: 'agent-replied', breachedAt: null })
  })

  it('a tier that takes over has yet to accept, and to answer by its own schedule', () => {
    const plan = { ...plan3, clocks: clocksIn({ 'first-response': 120 }, 'berlin') }
    const accepted = changed(10, { what: 'assigned', to: 31, name: 'Ivo Marek' })
    const { state } = fold(created(), command(), ARRIVED, accepted, amendment(50, { decision: tier3, plan }))
    // 10:50 in Berlin; lunch is from twelve to one.
    expect(state.escalations[0]).toMatchObject({ stage: 'requested', stageSince: minute(50), respondBy: minute(230) })
  })

  const solved = changed(60, { what: 'status', to: 'solved' })
  const reopened = changed(300, { what: 'status', to: 'open' })
  it('it rests while the ticket is solved and goes on when it is reopened', () => {
    const { state } = fold(created(), command(), solved, reopened)
    expect(clockAt(state, 'customer', 310)).toMatchObject({ phase: 'running', elapsedMs: 670 * MINUTE_MS })
  })

  it('it goes on in a second escalation of the ticket, and stays as it was between the two', () => {
    const first = fold(created(), command(), solved, reopened).state
    const returned = { ...first, escalations: first.escalations.map((one) => ({ ...one, stage: 'closed' as const })) }
    const again = command({ id: commandId('C'), auditId: 1310, at: minute(310) })
    const { state } = foldFrom(returned, [again])
    expect(state.escalations).toHaveLength(2)
    expect(clockAt(state, 'customer', 320)).toMatchObject({ phase: 'running', elapsedMs: 680 * MINUTE_MS })
    expect(clockAt(returned, 'customer', 320).elapsedMs).toBe(680 * MINUTE_MS)
  })

  it('it goes on in a follow-up ticket from where the closed one left it', () => {
    const before = fold(created(), solved, changed(1000, { what: 'status', to: 'closed' })).state
    const { state } = fold(
      { ...created(2000), auditId: 1 },
      changed(2000, { what: 'follow-up', status: 'new', moments: before.moments }, { auditId: 1, part: 1 }),
      command({ auditId: 5000, at: minute(2030) }),
    )
    expect(clockAt(state, 'customer', 2040)).toMatchObject({
      startedAt: minute(-600),
      phase: 'running',
      elapsedMs: (660 + 40) * MINUTE_MS,
    })
  })

  it('without its creation it counts from the first that is known of the ticket', () => {
    const { state } = fold(changed(-30, { what: 'status', to: 'open' }), command({ auditId: 1000 }))
    expect(clockAt(state, 'customer', 0).startedAt).toBe(minute(-30))
  })
})

describe('C5: paused time survives a change of targets', () => {
  it('a longer target that comes during a pause keeps what was counted before it', () => {
    const plan = aPlan({ clocks: clocksIn({ resolution: 600 }) })
    const { state } = fold(
      created(),
      command(),
      changed(60, { what: 'status', to: 'pending' }),
      amendment(90, { plan }),
      changed(240, { what: 'status', to: 'open' }),
    )
    expect(clockAt(state, RESOLUTION, 90)).toMatchObject({ phase: 'paused', deadline: null })
    expect(clockAt(state, RESOLUTION, 240)).toMatchObject({ elapsedMs: HOUR_MS, deadline: minute(240 + 540) })
  })

  it('a ticket that is pending is not breached, however long', () => {
    const { state } = fold(created(), command(), changed(60, { what: 'status', to: 'pending' }))
    expect(clockAt(state, RESOLUTION, 60 * 24 * 30)).toMatchObject({ breachedAt: null, pause: { status: 'pending' } })
  })
})

describe('C7: a change of severity keeps the time counted and decides nothing anew', () => {
  const severe = (minutes: number) =>
    amendment(minutes, {
      decision: aDecision({ severity: 'P1' }),
      plan: aPlan({ severity: 'P1', clocks: clocksIn({ 'first-response': 15, resolution: 120 }) }),
    })

  it('a clock that was met stays met by the target it had', () => {
    const answered = changed(40, { what: 'comment', signal: 'agent-replied' })
    const { state } = fold(created(), command(), answered, severe(50))
    expect(clockAt(state, FIRST, 600)).toMatchObject({ phase: 'stopped', breachedAt: null, targets: [{ since: NINE }] })
  })

  it('a target that is used up already is breached at the change, and told once', () => {
    const { events } = fold(created(), command(), severe(200), tick(201))
    const told = events.filter(({ kind }) => kind === 'clock-breached' || kind === 'clock-warned')
    expect(told.map((event) => [event.kind, 'clockId' in event && event.clockId, event.at])).toEqual([
      // Its own first target had run out before.
      ['clock-warned', FIRST, minute(45)],
      ['clock-breached', FIRST, minute(60)],
      ['clock-breached', RESOLUTION, minute(200)],
    ])
  })

  it('moves the deadline and keeps the old one in the record', () => {
    const { events } = fold(created(), command(), severe(10))
    expect(events.filter(({ kind }) => kind === 'deadline-moved')).toMatchObject([
      { clockId: FIRST, from: minute(60), to: minute(15) },
      { clockId: RESOLUTION, from: minute(480), to: minute(120) },
    ])
  })

  it('a warning that the new target has not come to yet is given anew when it does', () => {
    const longer = amendment(50, { plan: aPlan({ clocks: clocksIn({ 'first-response': 120 }) }) })
    const { events } = fold(created(), command(), tick(46), longer, tick(95), tick(125))
    expect(events.filter(({ kind }) => kind === 'clock-warned').map(({ at }) => at)).toEqual([minute(45), minute(90)])
    expect(events.filter(({ kind }) => kind === 'clock-breached').map(({ at }) => at)).toEqual([minute(120)])
  })
})

describe('C10: who wrote which comment decides which clocks stop', () => {
  const kinds: [string, CommentAuthor, boolean, boolean, 'stopped' | 'running'][] = [
    ['an agent in public', 'agent', true, false, 'stopped'],
    ['an agent in private', 'agent', false, false, 'running'],
    ['a light agent in private', 'light-agent', false, false, 'running'],
    ['an integration in public', 'api', true, false, 'stopped'],
    ['an integration in private', 'api', false, false, 'running'],
    ['a bot in public', 'bot', true, false, 'running'],
    ['the customer on the web, by mail or in a chat', 'end-user', true, false, 'running'],
    ['an agent who asked for the ticket', 'agent', true, true, 'running'],
  ]
  it.each(kinds)('%s', (_, author, isPublic, isRequester, phase) => {
    const signal = commentSignal(author, isPublic, isRequester)
    const said: Fact[] = signal === null ? [] : [changed(10, { what: 'comment', signal })]
    const { state } = fold(created(), command(), ...said)
    expect(clockAt(state, FIRST, 20).phase).toBe(phase)
    // No word of ours resolves anything.
    expect(clockAt(state, RESOLUTION, 20).phase).toBe('running')
    expect(clockAt(state, 'customer', 20).phase).toBe('running')
  })

  it('an answer given before the hand-over is not the answer of the tier', () => {
    const { state } = fold(created(), changed(-5, { what: 'comment', signal: 'agent-replied' }), command())
    expect(clockAt(state, FIRST, 20).phase).toBe('running')
  })
})

describe('acceptance', () => {
  const assigned = changed(10, { what: 'assigned', to: 31, name: 'Ivo Marek' })

  it('is a person taking the ticket once it has arrived', () => {
    const { state, events } = fold(created(), command(), ARRIVED, assigned)
    expect(state.escalations[0]).toMatchObject({ stage: 'accepted', stageSince: minute(10) })
    expect(events.at(-1)).toMatchObject({ kind: 'accepted', at: minute(10), by: { name: 'Ana Lindqvist' } })
    expect(clockAt(state, FIRST, 20)).toMatchObject({ phase: 'stopped', stoppedBy: 'accepted' })
  })

  it.each<[string, Fact[]]>([
    ['before it arrived', [assigned]],
    ['when the assignee is taken away', [ARRIVED, changed(10, { what: 'assigned', to: null, name: null })]],
    ['when a machine assigns it', [ARRIVED, { ...assigned, author: null }]],
  ])('does not come %s', (_, facts) => {
    expect(fold(created(), command(), ...facts).state.escalations[0]!.stage).toBe('requested')
  })

  it('starts the clock of the investigation, with the target that holds then', () => {
    const plan = (investigate: number) => aPlan({ clocks: clocksIn({ acknowledge: 15, investigate }) })
    const facts = [created(), command({ plan: plan(60) }), ARRIVED, amendment(5, { plan: plan(90) }), assigned]
    const { state } = fold(...facts)
    expect(clocksOf(fold(...facts.slice(0, 3)).state).map(({ name }) => name)).toEqual(['acknowledge'])
    expect(clockAt(state, 'ESC-2026-000001/0/investigate', 20)).toMatchObject({
      startedAt: minute(10),
      deadline: minute(100),
    })
    expect(clockAt(state, 'ESC-2026-000001/0/acknowledge', 20)).toMatchObject({ phase: 'stopped', breachedAt: null })
  })
})

describe('C16: every deadline says which clock it is of', () => {
  it('name, tier, schedule and version of the policy', () => {
    const plan = aPlan({
      clocks: { ...clocksIn({ customer: 1440 }), ...clocksIn({ resolution: 480 }, 'berlin', 'v9') },
    })
    const clocks = clocksOf(fold(created(), command({ plan })).state)
    expect(clocks).toMatchObject([
      { id: 'customer', name: 'customer', escalationId: null, handOver: null, tier: null, schedule: null },
      { id: RESOLUTION, name: 'resolution', escalationId: 'ESC-2026-000001', handOver: 0, tier: 2, schedule: 'berlin' },
    ])
    expect(clocks[1]!.events[0]).toMatchObject({ kind: 'start', schedule: 'berlin', target: { policyVersion: 'v9' } })
  })

  it('one that a later plan no longer has a target for ends, and what was promised to the customer stays', () => {
    const { state } = fold(created(), command(), amendment(30, { plan: aPlan({ clocks: {} }) }))
    expect(clockAt(state, RESOLUTION, 60)).toMatchObject({ phase: 'cancelled', cancelledFor: 'withdrawn' })
    expect(clockAt(state, 'customer', 60).phase).toBe('running')
  })

  it('one that a later plan brings begins with that plan', () => {
    const none = aPlan({ clocks: {} })
    const { state } = fold(created(), command({ plan: none }), amendment(30, { plan: aPlan() }))
    expect(clockAt(state, FIRST, 60)).toMatchObject({ startedAt: minute(30), deadline: minute(90) })
    expect(clockAt(state, 'customer', 60).startedAt).toBe(minute(-600))
  })
})

describe('every hand-over', () => {
  it('is kept with who handed over, when, and for which breach', () => {
    const plan = aPlan({ autoEscalation: { at: ['breach'], clocks: ['first-response'] } })
    const { state } = fold(created(), command({ plan }), tick(70, aRaise(70)))
    expect(state.escalations[0]!.handOvers).toMatchObject([
      { at: NINE, tier: 2, queue: 'identity', by: 'Ana Lindqvist', raisedFor: null },
      { at: minute(70), tier: 3, queue: 'platform', by: null, raisedFor: `${FIRST}/breach` },
    ])
  })
})
