import { describe, expect, it } from 'vitest'
import { foldZendeskClocks, type ZendeskClock } from '../../../core/clock/zendesk-sla.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { at } from './instants.ts'
import { aZendeskTarget, metricHistory } from './zendesk-events.ts'

type History = Parameters<typeof foldZendeskClocks>[0]

/** The only clock there is. */
function clockAt(now: string, events: History): ZendeskClock {
  const clocks = foldZendeskClocks(events, at(now))
  expect(clocks).toHaveLength(1)
  return clocks[0]!
}

describe("one of Zendesk's clocks", () => {
  const waits = metricHistory(
    'requester_wait_time',
    1,
    ['2026-03-06 10:00Z', { kind: 'activate' }],
    ['2026-03-06 10:00Z', { kind: 'apply-sla', target: aZendeskTarget() }],
    ['2026-03-06 12:00Z', { kind: 'breach', isDeleted: true }],
    ['2026-03-06 10:30Z', { kind: 'pause' }],
    ['2026-03-06 13:00Z', { kind: 'activate' }],
    ['2026-03-06 14:30Z', { kind: 'breach' }],
    ['2026-03-06 15:00Z', { kind: 'fulfill' }],
    ['2026-03-06 15:00Z', { kind: 'update-status', calendarMs: 150 * MINUTE_MS, businessMs: 0 }],
  )

  it.each([
    ['runs from its activation', '2026-03-06 10:20Z', { phase: 'running', elapsedMs: 20 * MINUTE_MS }],
    ['rests while it is paused', '2026-03-06 12:30Z', { phase: 'paused', elapsedMs: 30 * MINUTE_MS, breachedAt: null }],
    [
      'goes on with what it had',
      '2026-03-06 14:00Z',
      { phase: 'running', elapsedMs: 90 * MINUTE_MS, breachedAt: null },
    ],
    ['is breached at the instant Zendesk gave', '2026-03-06 14:50Z', { breachedAt: at('2026-03-06 14:30Z') }],
    ['is fulfilled, breached or not', '2026-03-06 18:00Z', { phase: 'fulfilled', elapsedMs: 150 * MINUTE_MS }],
  ])('%s', (_, now, expected) => {
    expect(clockAt(now, waits)).toMatchObject(expected)
  })

  it('tells when a breach is foreseen, and counts none before its time', () => {
    expect(clockAt('2026-03-06 14:00Z', waits)).toMatchObject({ breachesAt: at('2026-03-06 14:30Z'), breachedAt: null })
    // At rest it would not come to that.
    expect(clockAt('2026-03-06 12:30Z', waits)).toMatchObject({ phase: 'paused', breachesAt: null })
  })

  it("keeps Zendesk's own sum beside the one that follows from its events", () => {
    expect(clockAt('2026-03-06 14:50Z', waits).told).toBeNull()
    expect(clockAt('2026-03-06 15:00Z', waits).told).toEqual({ calendarMs: 150 * MINUTE_MS, businessMs: 0 })
  })

  it('counts no breach that was taken back, and none that was left over from before a pause', () => {
    const leftOver = metricHistory(
      'agent_work_time',
      1,
      ['2026-03-06 10:00Z', { kind: 'activate' }],
      ['2026-03-06 11:00Z', { kind: 'breach', isDeleted: true }],
      ['2026-03-06 12:00Z', { kind: 'breach' }],
      ['2026-03-06 11:30Z', { kind: 'pause' }],
    )
    expect(clockAt('2026-03-07 10:00Z', leftOver).breachedAt).toBeNull()
  })

  it('is breached by a shorter target when that is applied, not in the past, and in a pause too', () => {
    const shorter = metricHistory(
      'agent_work_time',
      1,
      ['2026-03-06 10:00Z', { kind: 'activate' }],
      ['2026-03-06 10:00Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: 8 * HOUR_MS }) }],
      ['2026-03-06 12:00Z', { kind: 'pause' }],
      ['2026-03-06 13:00Z', { kind: 'breach' }],
      ['2026-03-06 13:00Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: HOUR_MS }) }],
    )
    expect(clockAt('2026-03-06 14:00Z', shorter)).toMatchObject({
      phase: 'paused',
      breachedAt: at('2026-03-06 13:00Z'),
    })
  })

  it('holds the target that was applied at the time, whatever its policy says later', () => {
    const changed = metricHistory(
      'requester_wait_time',
      1,
      ['2026-03-06 10:00Z', { kind: 'activate' }],
      ['2026-03-06 10:05Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: HOUR_MS, counts: 'business' }) }],
      ['2026-03-06 11:00Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: 4 * HOUR_MS }) }],
    )
    expect(clockAt('2026-03-06 10:01Z', changed).target).toBeNull()
    expect(clockAt('2026-03-06 10:59Z', changed).target).toMatchObject({
      ...{ targetMs: HOUR_MS, counts: 'business', appliedAt: at('2026-03-06 10:05Z') },
    })
    expect(clockAt('2026-03-06 11:00Z', changed).target).toMatchObject({ targetMs: 4 * HOUR_MS, counts: 'calendar' })
  })

  it('goes on counting when the ticket is reopened', () => {
    const reopened = [
      ...metricHistory(
        'requester_wait_time',
        1,
        ['2026-03-06 10:00Z', { kind: 'activate' }],
        ['2026-03-06 11:00Z', { kind: 'fulfill' }],
        ['2026-03-09 10:00Z', { kind: 'activate' }],
      ),
    ]
    expect(clockAt('2026-03-09 10:30Z', reopened)).toMatchObject({
      ...{ phase: 'running', activatedAt: at('2026-03-06 10:00Z'), fulfilledAt: null, elapsedMs: 90 * MINUTE_MS },
    })
  })

  it('is one for each reply that is due', () => {
    const replies = [
      ...metricHistory('reply_time', 0, ['2026-03-06 10:00Z', { kind: 'measure' }]),
      ...metricHistory('reply_time', 2, ['2026-03-06 13:00Z', { kind: 'activate' }]),
      ...metricHistory(
        'reply_time',
        1,
        ['2026-03-06 10:00Z', { kind: 'activate' }],
        ['2026-03-06 10:10Z', { kind: 'fulfill' }],
      ),
    ].map((event, index) => ({ ...event, id: index }))
    const clocks = foldZendeskClocks(replies, at('2026-03-06 14:00Z'))
    expect(clocks.map(({ instance, phase, elapsedMs }) => [instance, phase, elapsedMs])).toEqual([
      [1, 'fulfilled', 10 * MINUTE_MS],
      [2, 'running', HOUR_MS],
    ])
  })

  it('is none on a ticket that was only measured', () => {
    const measured = metricHistory('agent_work_time', 0, ['2026-03-06 10:00Z', { kind: 'measure' }])
    expect(foldZendeskClocks(measured, at('2026-03-07 10:00Z'))).toEqual([])
  })
})
