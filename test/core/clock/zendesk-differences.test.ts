import { describe, expect, it } from 'vitest'
import type { ClockEvent } from '../../../core/clock/clock-event.ts'
import { compareWithZendesk, counterpartOf } from '../../../core/clock/zendesk-differences.ts'
import { foldZendeskClocks, type ZendeskClock } from '../../../core/clock/zendesk-sla.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { at, clockAt, history, started, status } from './clocks.ts'
import { aZendeskTarget, metricHistory } from './zendesk-events.ts'

const NOW = '2026-03-09 08:30Z'
const ours = (...events: ClockEvent[]) => clockAt(NOW, events)
const [begun] = history(['2026-03-09 08:00Z', started({ counts: 'calendar' })])

type Happenings = Parameters<typeof metricHistory> extends [unknown, unknown, ...infer R] ? R : never

function theirs(...happenings: Happenings): ZendeskClock {
  return foldZendeskClocks(metricHistory('requester_wait_time', 1, ...happenings), at(NOW))[0]!
}

const activate: Happenings[number] = ['2026-03-09 08:00Z', { kind: 'activate' }]
const applied = (given: Parameters<typeof aZendeskTarget>[0] = {}, when = '2026-03-09 08:00Z'): Happenings[number] => [
  when,
  { kind: 'apply-sla', target: aZendeskTarget(given) },
]

describe('a clock of ours beside Zendesk’s', () => {
  it('agrees when both are used up in the same minute', () => {
    const breach: Happenings[number] = ['2026-03-09 10:00Z', { kind: 'breach' }]
    expect(compareWithZendesk(ours(begun!), theirs(activate, applied(), breach), 1)).toEqual({
      ...{ agrees: true, differences: [] },
    })
  })

  it.each<[string, ZendeskClock, object]>([
    ['no policy of Zendesk’s fits', theirs(activate), { what: 'no-target' }],
    [
      'Zendesk began to count at another instant',
      theirs(['2026-03-09 07:00Z', { kind: 'activate' }], applied({}, '2026-03-09 07:00Z')),
      { what: 'start', ours: at('2026-03-09 08:00Z'), theirs: at('2026-03-09 07:00Z') },
    ],
    [
      'the targets differ',
      theirs(activate, applied({ targetMs: HOUR_MS })),
      { what: 'target', oursMs: 2 * HOUR_MS, theirsMs: HOUR_MS },
    ],
    [
      'one counts open hours and the other every hour',
      theirs(activate, applied({ counts: 'business' })),
      { what: 'counts', ours: 'calendar', theirs: 'business' },
    ],
    [
      'Zendesk’s first target came late, whatever it became later',
      theirs(activate, applied({}, '2026-03-09 08:10Z'), applied({}, '2026-03-09 08:20Z')),
      { what: 'applied-later', startedAt: at('2026-03-09 08:00Z'), appliedAt: at('2026-03-09 08:10Z') },
    ],
  ])('says so when %s', (_, clock, difference) => {
    expect(compareWithZendesk(ours(begun!), clock, 1)).toEqual({ agrees: false, differences: [difference] })
  })

  it('says in which statuses each rests, and that ours ended by itself', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ counts: 'calendar', pausedIn: [] })],
      ['2026-03-09 08:20Z', { kind: 'stop', why: 'resolved' }],
    )
    const running = theirs(activate, applied(), ['2026-03-09 10:00Z', { kind: 'breach' }])
    expect(compareWithZendesk(ours(...events), running, 1).differences).toEqual([
      { what: 'pauses', ours: [], theirs: ['pending'] },
      { what: 'end', ours: 'resolved' },
    ])
  })

  it('admits that it knows of no reason', () => {
    const breach: Happenings[number] = ['2026-03-09 10:05Z', { kind: 'breach' }]
    expect(compareWithZendesk(ours(begun!), theirs(activate, applied(), breach), 1)).toEqual({
      ...{ agrees: false, differences: [{ what: 'unexplained' }] },
    })
  })

  it('minds no seconds, which Zendesk does not tell apart', () => {
    const [late] = history(['2026-03-09 08:00:00.900Z', started({ counts: 'calendar' })])
    const breach: Happenings[number] = ['2026-03-09 10:00Z', { kind: 'breach' }]
    expect(compareWithZendesk(ours(late!), theirs(activate, applied(), breach), 1).agrees).toBe(true)
  })

  it('counts by one schedule or several, of which Zendesk takes the last', () => {
    const events = history(['2026-03-09 08:00Z', started()], ['2026-03-09 08:10Z', status('open')])
    const business = theirs(activate, applied({ counts: 'business', targetMs: 120 * MINUTE_MS }))
    expect(compareWithZendesk(ours(...events), business, 1).differences).toEqual([{ what: 'unexplained' }])
    expect(compareWithZendesk(ours(...events), business, 2).differences).toEqual([{ what: 'schedules', count: 2 }])
  })
})

describe('the clock of Zendesk’s that comes closest', () => {
  it.each([
    ['first-response', {}, 'reply_time'],
    ['customer', { pausedIn: ['pending'] }, 'requester_wait_time'],
    ['resolution', { pausedIn: [] }, 'resolution_time'],
    ['resolution', { pausedIn: ['pending', 'hold'] }, 'agent_work_time'],
  ] as const)('to %s, resting as %j says, is %s', (name, target, metric) => {
    expect(counterpartOf(name, clockAt(NOW, history(['2026-03-09 08:00Z', started(target)])))).toEqual({
      metric,
      instance: 1,
    })
  })

  it('is none for what engineering promises', () => {
    for (const name of ['acknowledge', 'investigate', 'fix', 'fix-to-customer'] as const) {
      expect(counterpartOf(name, ours(begun!))).toBeNull()
    }
  })
})
