import { describe, expect, it } from 'vitest'
import type { LifePlan } from '../../../core/clock/plan.ts'
import { promiseOf, silenceSinceOf } from '../../../core/escalation/promises.ts'
import { openEscalation, type TicketState } from '../../../core/escalation/state.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aPlan, clocksIn } from './facts.ts'
import { says } from './said.ts'
import {
  ARRIVED,
  aTimer,
  begun,
  changed,
  clockAt,
  commentsIn,
  countdowns,
  E,
  fold,
  foldFrom,
  minute,
  minuteOf,
  tick,
} from './ticks.ts'

const every4h: LifePlan = {
  monitoring: null,
  criteria: [],
  cadence: { every: 240, schedule: null },
  onRejected: 'stays',
}
const begin = [...begun({ clocks: {}, life: every4h }), ARRIVED, says('accept', {}, { minutes: 1 })]
const reply = (minutes: number) => changed(minutes, { what: 'comment', signal: 'agent-replied' })
const dueIn = (state: TicketState, now: number) => {
  const promise = promiseOf(state, openEscalation(state)!, calendarOf, minute(now))
  return promise && [promise.because, minuteOf(promise.due)]
}

describe('what the customer is promised', () => {
  it('is a word so long after the last public one', () => {
    expect(dueIn(fold(...begin).state, 10)).toEqual(['cadence', 240])
    const { state } = fold(...begin, reply(100), changed(110, { what: 'comment', signal: 'customer-spoke' }))
    expect(dueIn(state, 120)).toEqual(['cadence', 340])
    expect(minuteOf(silenceSinceOf(state, openEscalation(state)!))).toBe(100)
  })

  it('is sooner when a date was given, an hour after it', () => {
    const facts = [...begin, says('progress', { estimated_resolution: '2026-03-06T10:30Z' }, { minutes: 20 })]
    const { state, events } = fold(...facts)
    expect(dueIn(state, 30)).toEqual(['estimate', 150])
    expect(events.at(-1)).toMatchObject({
      kind: 'promise-moved',
      from: minute(240),
      to: minute(150),
      why: 'the estimate',
    })
  })

  it('is moved by the decision for a release, and not by one further off than the next word', () => {
    const hotfix = says('decide-release', { date: '2026-03-06 10:00 UTC' }, { minutes: 20 })
    expect(dueIn(fold(...begin, hotfix).state, 30)).toEqual(['release', 120])
    const later = says('decide-release', { release: 'next_release', date: '2026-04-01' }, { minutes: 20 })
    const { state, events } = fold(...begin, later)
    expect(dueIn(state, 30)).toEqual(['cadence', 240])
    expect(events.filter(({ kind }) => kind === 'promise-moved')).toEqual([])
  })

  it('is kept by a public word after the date', () => {
    const facts = [
      ...begin,
      says('progress', { estimated_resolution: '2026-03-06T10:30Z' }, { minutes: 20 }),
      reply(95),
    ]
    expect(dueIn(fold(...facts).state, 100)).toEqual(['cadence', 335])
  })

  it('is told once when it is overdue, to whoever has it, and again after the next silence', () => {
    const { state } = fold(...begin)
    expect(countdowns(state, 10)).toEqual([[`${E}/promise/${minute(0)}`, 240]])
    const { state: told, events, effects } = foldFrom(state, [tick(300), tick(400)])
    expect(events).toMatchObject([{ kind: 'promise-overdue', at: minute(240), since: minute(0), lateMs: 60 * 60_000 }])
    expect(commentsIn(effects)).toEqual([
      'Due on ESC-2026-000001:\n\n- The customer was to hear from us by 2026-03-06 13:00 UTC (last on 2026-03-06 09:00 UTC), noticed 1h late. Ivo Marek, please write to them.',
    ])
    const again = foldFrom(told, [reply(410), tick(700)])
    expect(again.events).toMatchObject([{ kind: 'promise-overdue', at: minute(650) }])
  })

  it('rests while it is solved or watched, and goes on while it is returned', () => {
    expect(dueIn(fold(...begin, says('resolve', {}, { minutes: 30 })).state, 40)).toBeNull()
    expect(dueIn(fold(...begin, changed(30, { what: 'status', to: 'solved' })).state, 40)).toBeNull()
    expect(dueIn(fold(...begin, says('return', {}, { minutes: 30 })).state, 40)).toEqual(['cadence', 240])
  })

  it('is nothing where the policy promises nothing and nobody named a date', () => {
    expect(dueIn(fold(...begun(), ARRIVED).state, 10)).toBeNull()
  })
})

describe('C25: a fix that can be had, of which the customer knows nothing', () => {
  const clocks = clocksIn({ 'fix-to-customer': 120 })
  const fixed = [
    ...begun({ clocks }),
    ARRIVED,
    says('accept', {}, { minutes: 1 }),
    says('progress', { status: 'fixing' }, { minutes: 2 }),
  ]
  const available = says('fix-available', {}, { minutes: 60 })

  it('has a clock of its own, which a public word stops', () => {
    const { state } = fold(...fixed, reply(30), available)
    expect(clockAt(state, `${E}/0/fix-to-customer`, 70)).toMatchObject({ phase: 'running', deadline: minute(180) })
    const { state: told, events } = foldFrom(state, [reply(90)])
    expect(events).toMatchObject([{ kind: 'customer-told', by: { name: 'Ana Lindqvist' } }])
    expect(clockAt(told, `${E}/0/fix-to-customer`, 100)).toMatchObject({ phase: 'stopped', stoppedBy: 'customer-told' })
  })

  it('is told when it is late, also after it was resolved', () => {
    const { state } = fold(...fixed, available, says('resolve', {}, { minutes: 70 }))
    const { events } = foldFrom(state, [tick(200)])
    expect(events.filter(({ kind }) => kind === 'clock-breached')).toMatchObject([
      { clockId: `${E}/0/fix-to-customer`, at: minute(180) },
    ])
  })

  it('tells the customer once', () => {
    const { events } = fold(...fixed, available, reply(90), reply(95))
    expect(events.filter(({ kind }) => kind === 'customer-told')).toHaveLength(1)
  })
})

describe('an escalation that is stuck', () => {
  const words = { id: 'ageing.stalled', title: 'No progress has been reported' }
  const stalled = aTimer({ ...words, of: 'progress', after: 480, every: 480 })
  const facts = [...begun({ ...aPlan(), clocks: {}, timers: [stalled] }), ARRIVED, says('accept', {}, { minutes: 60 })]

  it('is told so long after the last report, and again', () => {
    const { state } = fold(...facts, says('progress', {}, { minutes: 120 }))
    const { events } = foldFrom(state, [tick(600), tick(1080)])
    expect(events.filter(({ kind }) => kind === 'timer-fired')).toMatchObject([
      { at: minute(600) },
      { at: minute(1080) },
    ])
  })

  it('is not stuck while nobody has accepted it, or once it is resolved', () => {
    expect(foldFrom(fold(...begun({ clocks: {}, timers: [stalled] }), ARRIVED).state, [tick(5000)]).events).toEqual([])
    const { state } = fold(...facts, says('resolve', {}, { minutes: 120 }), tick(121))
    expect(foldFrom(state, [tick(5000)]).events).toEqual([])
  })
})
