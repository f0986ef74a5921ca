import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../../core/clock/calendar.ts'
import { createScheduleHistory } from '../../../core/clock/history.ts'
import { createSchedule } from '../../../core/clock/schedule.ts'
import { foldClock } from '../../../core/clock/sla.ts'
import { momentsOf, nextDueAt } from '../../../core/clock/sla-moments.ts'
import { verdictOf } from '../../../core/clock/sla-state.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { aTarget, at, BERLIN, clockAt, history, started, status } from './clocks.ts'

// Monday 9 March 2026; Berlin is one hour ahead of UTC, its hours are 09–12 and 13–17.
describe('a clock', () => {
  it.each([
    ['before lunch', '2026-03-09 09:00+01:00', 120, '2026-03-09 11:00+01:00'],
    ['over lunch', '2026-03-09 11:00+01:00', 120, '2026-03-09 14:00+01:00'],
    ['until closing time, not the next opening', '2026-03-09 15:00+01:00', 120, '2026-03-09 17:00+01:00'],
    ['over a weekend', '2026-03-13 16:30+01:00', 60, '2026-03-16 09:30+01:00'],
    ['from a weekend on', '2026-03-14 12:00+01:00', 60, '2026-03-16 10:00+01:00'],
    ['over the change of clocks', '2026-03-27 16:00+01:00', 120, '2026-03-30 10:00+02:00'],
    ['over Christmas', '2026-12-23 16:00+01:00', 120, '2026-12-28 10:00+01:00'],
  ])('that starts %s is due after its target of open time', (_, start, minutes, due) => {
    const clock = clockAt(start, history([start, started({ minutes })]))
    expect(clock).toMatchObject({ phase: 'running', deadline: at(due), elapsedMs: 0, breachedAt: null })
  })

  it('counts every hour when its target is in calendar time, or when there is no schedule', () => {
    const start = '2026-03-13 16:30Z'
    expect(clockAt(start, history([start, started({ counts: 'calendar' })])).deadline).toBe(at('2026-03-13 18:30Z'))
    expect(clockAt(start, history([start, started({}, null)])).deadline).toBe(at('2026-03-13 18:30Z'))
  })

  it('has no deadline while it is paused, and all of what was left when it goes on', () => {
    const events = history(
      ['2026-03-09 08:00Z', started()],
      ['2026-03-09 09:00Z', status('pending', 'Ana')],
      ['2026-03-10 08:30Z', status('open')],
    )
    expect(clockAt('2026-03-10 08:00Z', events)).toMatchObject({
      phase: 'paused',
      since: at('2026-03-09 09:00Z'),
      pause: { status: 'pending', by: 'Ana' },
      elapsedMs: 60 * MINUTE_MS,
      deadline: null,
    })
    expect(clockAt('2026-03-10 08:30Z', events).deadline).toBe(at('2026-03-10 09:30Z'))
  })

  it('rests for as long as somebody paused it, whatever the status', () => {
    const events = history(
      ['2026-03-09 08:00Z', started()],
      ['2026-03-09 08:30Z', { kind: 'pause', why: 'waiting for a part', by: 'Bo' }],
      ['2026-03-09 09:00Z', status('open')],
      ['2026-03-09 10:00Z', { kind: 'resume' }],
    )
    expect(clockAt('2026-03-09 09:30Z', events).pause).toEqual({ status: null, why: 'waiting for a part', by: 'Bo' })
    expect(clockAt('2026-03-09 10:30Z', events).elapsedMs).toBe(60 * MINUTE_MS)
  })

  it('is met when it stops in time, and breached when it stops at the very instant its target is used up', () => {
    const stoppedAt = (text: string) =>
      verdictOf(clockAt('2026-03-10 00:00Z', history(['2026-03-09 08:00Z', started()], [text, status('solved')])))
    expect(stoppedAt('2026-03-09 09:59:59Z')).toBe('met')
    expect(stoppedAt('2026-03-09 10:00Z')).toBe('breached')
  })

  it('goes on counting for a ticket that is reopened, without the time it was solved', () => {
    const events = history(
      ['2026-03-09 08:00Z', started()],
      ['2026-03-09 09:00Z', status('solved')],
      ['2026-03-10 08:00Z', status('open')],
    )
    expect(clockAt('2026-03-10 08:00Z', events).deadline).toBe(at('2026-03-10 09:00Z'))
  })

  it('stays stopped for a first response, which is given once', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ reopens: false })],
      ['2026-03-09 09:00Z', { kind: 'stop', why: 'accepted' }],
      ['2026-03-10 08:00Z', { kind: 'reopen' }],
      ['2026-03-10 08:00Z', status('open')],
      ['2026-03-10 08:00Z', { kind: 'follow-up', status: 'new' }],
    )
    expect(clockAt('2026-03-12 08:00Z', events)).toMatchObject({
      phase: 'stopped',
      stoppedBy: 'accepted',
      breachedAt: null,
    })
  })

  it('warns at every percentage asked for', () => {
    const clock = clockAt('2026-03-09 09:30Z', history(['2026-03-09 08:00Z', started({ warnAt: [90, 25, 75] })]))
    expect(clock.warnings).toEqual([
      { percent: 25, at: at('2026-03-09 08:30Z'), isReached: true },
      { percent: 75, at: at('2026-03-09 09:30Z'), isReached: true },
      { percent: 90, at: at('2026-03-09 09:48Z'), isReached: false },
    ])
    expect(nextDueAt(clock)).toBe(at('2026-03-09 09:48Z'))
  })

  it('counts events that come late where they belong', () => {
    const events = history(
      ['2026-03-09 10:00Z', status('open')],
      ['2026-03-09 09:00Z', status('pending')],
      ['2026-03-09 08:00Z', started()],
    )
    expect(clockAt('2026-03-09 10:30Z', events).elapsedMs).toBe(90 * MINUTE_MS)
  })

  it('knows the status a ticket had before it started', () => {
    const events = history(
      ['2026-03-09 07:00Z', status('pending')],
      ['2026-03-09 08:00Z', { kind: 'start', target: aTarget(), schedule: 'berlin' }],
    )
    expect(clockAt('2026-03-09 09:00Z', events)).toMatchObject({ phase: 'paused', elapsedMs: 0 })
  })

  it('waits until it is started, and answers for every instant before', () => {
    const events = history(['2026-03-09 08:00Z', started()])
    expect(clockAt('2026-03-09 07:59Z', events)).toMatchObject({ phase: 'waiting', deadline: null, warnings: [] })
    expect(clockAt('2026-03-09 07:59Z', [])).toMatchObject({ phase: 'waiting', breachedAt: null })
  })

  it('has no deadline that it could name when the target outlasts what is known of the schedule', () => {
    const clock = clockAt('2026-03-09 08:00Z', history(['2026-03-09 08:00Z', started({ minutes: 1e9 })]))
    expect(clock).toMatchObject({ phase: 'running', deadline: null })
  })
})

describe('C7: a change of target', () => {
  const morning = ['2026-03-09 08:00Z', started({ minutes: 240 })] as const

  it('keeps the time that was counted', () => {
    const events = history([...morning], ['2026-03-09 09:00Z', { kind: 'target', target: aTarget({ minutes: 90 }) }])
    expect(clockAt('2026-03-09 09:00Z', events)).toMatchObject({
      elapsedMs: 60 * MINUTE_MS,
      deadline: at('2026-03-09 09:30Z'),
      breachedAt: null,
    })
  })

  it('breaches a target that is used up already at the instant of the change, not in the past', () => {
    const events = history([...morning], ['2026-03-09 10:00Z', { kind: 'target', target: aTarget({ minutes: 30 }) }])
    expect(clockAt('2026-03-20 00:00Z', events)).toMatchObject({
      breachedAt: at('2026-03-09 10:00Z'),
      breachedBy: 'target',
    })
  })

  it('leaves a met clock met, and counts once the ticket is reopened', () => {
    const events = history(
      [...morning],
      ['2026-03-09 10:00Z', status('solved')],
      ['2026-03-09 10:30Z', { kind: 'target', target: aTarget({ minutes: 30 }) }],
      ['2026-03-11 09:00Z', status('open')],
    )
    expect(verdictOf(clockAt('2026-03-11 08:59Z', events))).toBe('met')
    expect(clockAt('2026-03-11 09:00Z', events).breachedAt).toBe(at('2026-03-11 09:00Z'))
  })

  it('leaves a breached clock breached when it gets longer', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 60 })],
      ['2026-03-09 10:00Z', { kind: 'target', target: aTarget({ minutes: 6000 }) }],
    )
    expect(clockAt('2026-03-20 00:00Z', events)).toMatchObject({
      breachedAt: at('2026-03-09 09:00Z'),
      breachedBy: 'time',
    })
  })

  it('warns anew when the longer target is as far used up', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 60, warnAt: [75] })],
      ['2026-03-09 08:50Z', { kind: 'target', target: aTarget({ minutes: 120, warnAt: [75] }) }],
    )
    expect(clockAt('2026-03-09 08:49Z', events).warnings).toEqual([
      { percent: 75, at: at('2026-03-09 08:45Z'), isReached: true },
    ])
    expect(clockAt('2026-03-09 08:50Z', events).warnings).toEqual([
      { percent: 75, at: at('2026-03-09 09:30Z'), isReached: false },
    ])
  })

  it('may change what pauses the clock', () => {
    const events = history(
      [...morning],
      ['2026-03-09 08:30Z', status('hold')],
      ['2026-03-09 09:00Z', { kind: 'target', target: aTarget({ minutes: 240, pausedIn: ['hold'] }) }],
    )
    expect(clockAt('2026-03-09 08:59Z', events).phase).toBe('running')
    expect(clockAt('2026-03-09 09:00Z', events).phase).toBe('paused')
  })
})

describe('what others got wrong', () => {
  it('C4: a pause over a weekend costs nothing and moves the deadline by nothing', () => {
    const start = ['2026-03-13 15:00Z', started({ minutes: 180 })] as const
    const weekend = history([...start], ['2026-03-13 16:00Z', status('pending')], ['2026-03-16 08:00Z', status('open')])
    expect(clockAt('2026-03-16 08:00Z', weekend).deadline).toBe(
      clockAt('2026-03-13 15:00Z', history([...start])).deadline,
    )
  })

  it('C5: a paused clock is never breached by time, and a change of target in the pause loses none of the pause', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 120 })],
      ['2026-03-09 09:00Z', status('pending')],
      ['2026-03-16 09:00Z', { kind: 'target', target: aTarget({ minutes: 90 }) }],
      ['2026-03-20 09:00Z', status('open')],
    )
    expect(clockAt('2026-03-20 08:59Z', events)).toMatchObject({
      phase: 'paused',
      breachedAt: null,
      elapsedMs: 60 * MINUTE_MS,
    })
    expect(clockAt('2026-03-20 09:00Z', events).deadline).toBe(at('2026-03-20 09:30Z'))
  })

  it('C6: the next tier gets all of its own target, while the customer clock runs on from the creation', () => {
    const customer = history(['2026-03-09 08:00Z', started({ minutes: 120 })], ['2026-03-09 09:30Z', status('open')])
    const tier = history(['2026-03-09 08:00Z', status('new')], ['2026-03-09 09:30Z', started({ minutes: 60 })])
    expect(clockAt('2026-03-09 09:30Z', customer).deadline).toBe(at('2026-03-09 10:00Z'))
    expect(clockAt('2026-03-09 09:30Z', tier)).toMatchObject({ elapsedMs: 0, deadline: at('2026-03-09 10:30Z') })
  })

  it('C6: neither a second start nor a reopened or a follow-up ticket sets the customer clock back', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 120 })],
      ['2026-03-09 08:30Z', started({ minutes: 120 })],
      ['2026-03-09 09:00Z', status('solved')],
      ['2026-03-10 08:00Z', status('open')],
      ['2026-03-10 08:15Z', status('solved')],
      ['2026-03-14 08:00Z', { kind: 'cancel', why: 'closed' }],
      ['2026-03-16 08:00Z', { kind: 'follow-up', status: 'new' }],
    )
    expect(clockAt('2026-03-16 08:00Z', events)).toMatchObject({
      phase: 'running',
      startedAt: at('2026-03-09 08:00Z'),
      elapsedMs: 75 * MINUTE_MS,
      deadline: at('2026-03-16 08:45Z'),
    })
  })

  it('C7: a target found used up tells one breach, not a warning for each percentage as well', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 600, warnAt: [50, 75, 90] })],
      ['2026-03-09 10:00Z', { kind: 'target', target: aTarget({ minutes: 60, warnAt: [50, 75, 90] }) }],
    )
    expect(momentsOf(clockAt('2026-03-09 12:00Z', events))).toEqual([
      { kind: 'breach', at: at('2026-03-09 10:00Z'), isReached: true },
    ])
  })

  it('C8: an old clock is judged by the target pinned into it; another target is another question', () => {
    const events = history(['2026-03-09 08:00Z', started({ minutes: 60, policyVersion: '3' })])
    const whatIf = history(['2026-03-09 08:00Z', started({ minutes: 600, policyVersion: '9' })])
    expect(clockAt('2026-03-09 12:00Z', whatIf).breachedAt).toBeNull()
    expect(clockAt('2026-03-09 12:00Z', events)).toMatchObject({
      breachedAt: at('2026-03-09 09:00Z'),
      targets: [{ target: { policyVersion: '3' } }],
    })
  })

  it('C9: a change of hours counts from its day on and leaves what was counted before', () => {
    const longer = {
      ...BERLIN,
      weekly: { mon: [['09:00', '21:00']] as [string, string][] },
      effective_from: '2026-03-16',
    }
    const calendar = calendarOfVersions(BERLIN, longer)
    const events = history(['2026-03-09 08:00Z', started({ minutes: 45 * 60 })])
    const clock = foldClock(events, () => calendar, at('2026-03-16 08:00Z'))
    expect(clock.elapsedMs).toBe(35 * 60 * MINUTE_MS)
    expect(clock.deadline).toBe(at('2026-03-16 18:00Z'))
  })

  it.each(['merged', 'closed', 'deleted', 'de-escalated'] as const)(
    'C11: a %s ticket warns and breaches never again',
    (why) => {
      const events = history(
        ['2026-03-09 08:00Z', started()],
        ['2026-03-09 09:00Z', { kind: 'cancel', why }],
        ['2026-03-09 09:00Z', status('closed')],
        ['2026-05-09 09:00Z', status('open')],
      )
      const clock = clockAt('2026-07-01 00:00Z', events)
      expect(clock).toMatchObject({ phase: 'cancelled', cancelledFor: why, elapsedMs: 60 * MINUTE_MS, deadline: null })
      expect(clock.breachedAt).toBeNull()
      expect(nextDueAt(clock)).toBeNull()
    },
  )

  it('C11: a clock that was met stays met when its ticket is closed days later', () => {
    const events = history(
      ['2026-03-09 08:00Z', started()],
      ['2026-03-09 09:00Z', status('solved')],
      ['2026-03-13 09:00Z', { kind: 'cancel', why: 'closed' }],
    )
    expect(verdictOf(clockAt('2026-03-14 09:00Z', events))).toBe('met')
  })

  it('C13: it counts from the start and sums over all schedules the ticket had, each while it was in force', () => {
    const events = history(
      ['2026-03-09 15:00Z', started({ minutes: 120 })],
      ['2026-03-09 15:30Z', { kind: 'schedule', schedule: 'new-york' }],
    )
    // 30 minutes in Berlin; New York then works from 11:30 and breaks at 12:00 local, 16:00 UTC.
    expect(clockAt('2026-03-09 15:30Z', events).deadline).toBe(at('2026-03-09 18:00Z'))
  })

  it('C14: a breach between two looks has its true instant, also when the clock was stopped by the second', () => {
    const events = history(['2026-03-09 08:00Z', started()], ['2026-03-09 10:20Z', status('solved')])
    expect(clockAt('2026-03-11 00:00Z', events)).toMatchObject({
      phase: 'stopped',
      breachedAt: at('2026-03-09 10:00Z'),
    })
  })

  it('C17: what is going to happen comes from the fold that makes it happen', () => {
    const events = history(['2026-03-09 08:00Z', started()])
    const plan = momentsOf(clockAt('2026-03-09 08:00Z', events))
    const done = momentsOf(clockAt('2026-03-09 10:00Z', events))
    expect(plan.map((moment) => ({ ...moment, isReached: true }))).toEqual(done)
  })
})

function calendarOfVersions(...inputs: unknown[]) {
  const schedules = inputs.map((input) => {
    const made = createSchedule(input)
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    return made.schedule
  })
  const made = createScheduleHistory(schedules)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return createCalendar(made.history, { from: at('2026-03-01 00:00Z'), to: at('2026-04-01 00:00Z') })
}
