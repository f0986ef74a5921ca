import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ZendeskMetricEvent } from '../../../core/clock/zendesk-metric-event.ts'
import type { TicketMoment } from '../../../core/escalation/state.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { checkZendeskClocks, type ZendeskSchedules } from '../../../core/verify/check-zendesk.ts'
import { at, calendarOf } from '../clock/clocks.ts'
import { aHandOver, aPlan, aTicketState, type TicketHistory } from '../clock/tickets.ts'
import { aZendeskTarget, metricHistory } from '../clock/zendesk-events.ts'

const moments = (history: TicketHistory): TicketMoment[] =>
  aTicketState(history, [aHandOver('2026-03-09 10:00Z', 2, aPlan({ resolution: 120 }))]).moments

const NO_SCHEDULES: ZendeskSchedules = { ids: [], lastOnly: calendarOf, inForce: calendarOf }
const BERLIN: ZendeskSchedules = { ...NO_SCHEDULES, ids: ['berlin'] }

/** Waits an hour, rests an hour, waits half an hour, is solved. */
const rested = moments([
  ['2026-03-09 10:00Z', { what: 'created', status: 'open' }],
  ['2026-03-09 11:00Z', { what: 'status', status: 'pending' }],
  ['2026-03-09 12:00Z', { what: 'status', status: 'open' }],
  ['2026-03-09 12:30Z', { what: 'status', status: 'solved' }],
])
const told = (calendarMinutes: number, businessMinutes = 0) =>
  metricHistory(
    'requester_wait_time',
    1,
    ['2026-03-09 10:00Z', { kind: 'activate' }],
    ['2026-03-09 10:00Z', { kind: 'apply-sla', target: aZendeskTarget() }],
    ['2026-03-09 11:00Z', { kind: 'pause' }],
    ['2026-03-09 12:00Z', { kind: 'activate' }],
    ['2026-03-09 12:30Z', { kind: 'fulfill' }],
    [
      '2026-03-09 12:30Z',
      { kind: 'update-status', calendarMs: calendarMinutes * MINUTE_MS, businessMs: businessMinutes * MINUTE_MS },
    ],
  )
const now = at('2026-03-09 18:00Z')

const verdicts = (...args: Parameters<typeof checkZendeskClocks>) =>
  checkZendeskClocks(...args).map(({ verdict, reason, differences }) => [
    verdict,
    reason,
    differences.map(({ part }) => part),
  ])

describe('checkZendeskClocks', () => {
  it.each<[string, TicketMoment[], ZendeskMetricEvent[], ZendeskSchedules, unknown]>([
    ['agrees with what Zendesk says', rested, told(90), NO_SCHEDULES, ['agrees', null, []]],
    ['forgives the minute that Zendesk rounds by', rested, told(89), NO_SCHEDULES, ['agrees', null, []]],
    ['finds a sum that is none', rested, told(120), NO_SCHEDULES, ['unexplained', null, ['calendar-time']]],
    ['counts business time by the schedule', rested, told(90, 90), BERLIN, ['agrees', null, []]],
    [
      'finds business time that no schedule gives',
      rested,
      told(90, 20),
      BERLIN,
      ['unexplained', null, ['business-time']],
    ],
    [
      'does not judge what a merge does',
      [...rested, ...moments([['2026-03-09 13:00Z', { what: 'ended', why: 'merged' }]])],
      told(150),
      NO_SCHEDULES,
      ['explained', 'merged', ['calendar-time']],
    ],
    [
      'leaves out what it cannot reckon',
      rested,
      metricHistory('group_ownership_time', 1, ['2026-03-09 10:00Z', { kind: 'activate' }]),
      NO_SCHEDULES,
      ['not-comparable', 'not-reckoned', []],
    ],
  ])('%s', (_, history, events, schedules, expected) => {
    expect(verdicts(history, events, schedules, now)).toEqual([expected])
  })

  it('dates no breach back before the target was applied', () => {
    const late = metricHistory(
      'requester_wait_time',
      1,
      ['2026-03-09 10:00Z', { kind: 'activate' }],
      ['2026-03-09 10:50Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: 30 * MINUTE_MS }) }],
      ['2026-03-09 10:50Z', { kind: 'breach' }],
      ['2026-03-09 11:00Z', { kind: 'pause' }],
      ['2026-03-09 12:00Z', { kind: 'activate' }],
    )
    expect(verdicts(rested, late, NO_SCHEDULES, at('2026-03-09 12:10Z'))).toEqual([['agrees', null, []]])
  })

  it('says the same whenever it all happened', () => {
    const shift = <T extends { at: number }>(rows: readonly T[], ms: number) =>
      rows.map((row) => ({ ...row, at: row.at + ms }))
    const steps = fc.integer({ min: -5000, max: 5000 }).map((hours) => hours * HOUR_MS)
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 200 }), (ms, minutes) => {
        const there = verdicts(shift(rested, ms), shift(told(minutes), ms), NO_SCHEDULES, now + ms)
        expect(there).toEqual(verdicts(rested, told(minutes), NO_SCHEDULES, now))
      }),
      { numRuns: 50 },
    )
  })
})
