import { describe, expect, it } from 'vitest'
import type { ClockEvent } from '../../../core/clock/clock-event.ts'
import { explain } from '../../../core/clock/explain.ts'
import { ENGLISH, sentenceOf } from '../../../core/clock/explain-sentence.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aTarget, at, calendarOf, clockAt, history, started, status } from './clocks.ts'

function explained(now: string, events: readonly ClockEvent[], name = 'resolution') {
  return explain(name, clockAt(now, events), calendarOf, at(now))!
}

/** Wednesday 23 December 2026, 16:00 in Berlin; paused for an hour on the Monday after. */
const overChristmas = history(
  ['2026-12-23 15:00Z', started({ minutes: 120 })],
  ['2026-12-28 08:30Z', status('pending', 'Ana')],
  ['2026-12-28 09:30Z', status('open', 'Ana')],
)

describe('an explanation', () => {
  it('C2: names every stretch that was skipped, holidays by their names and pauses by who set them', () => {
    const { stretches } = explained('2026-12-28 09:30Z', overChristmas)
    const told = stretches.map(({ from, to, schedule: _, ...rest }) => ({ hours: (to - from) / HOUR_MS, ...rest }))
    expect(told).toEqual([
      { hours: 1, kind: 'counted' },
      { hours: 7, kind: 'closed' },
      { hours: 24, kind: 'holiday', name: 'Heiligabend' },
      { hours: 48, kind: 'holiday', name: 'Weihnachten' },
      { hours: 33, kind: 'closed' },
      { hours: 0.5, kind: 'counted' },
      { hours: 1, kind: 'paused', status: 'pending', why: null, by: 'Ana' },
      { hours: 0.5, kind: 'counted' },
    ])
  })

  it('C2: says the same in one paragraph', () => {
    const explanation = explained('2026-12-28 09:30Z', overChristmas)
    expect(sentenceOf(explanation)).toBe(
      'The resolution clock is due 2026-12-28 11:00 Europe/Berlin: 2h counted since 2026-12-23 16:00 Europe/Berlin. ' +
        'Not counted: 1d 16h outside hours, 1d on Heiligabend (2026-12-24), 2d on Weihnachten (2026-12-25), ' +
        `1h paused (pending, by Ana). Policy 7; schedule Berlin office, version ${explanation.schedules[0]!.version}.`,
    )
  })

  it('C16: says which clock, which policy and which schedule in which version', () => {
    expect(explained('2026-12-23 15:00Z', overChristmas, 'first-response')).toMatchObject({
      clock: 'first-response',
      policyVersion: '7',
      schedules: [
        { name: 'Berlin office', timezone: 'Europe/Berlin', version: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ],
    })
  })

  it('C4: counts nothing of a pause in hours in which nobody works', () => {
    const events = history(
      ['2026-03-13 15:00Z', started()],
      ['2026-03-13 15:30Z', status('pending')],
      ['2026-03-16 08:30Z', status('open')],
    )
    const paused = explained('2026-03-16 08:30Z', events).stretches.filter(({ kind }) => kind === 'paused')
    expect(paused.map(({ from, to }) => (to - from) / MINUTE_MS)).toEqual([30, 30])
  })

  it('tells a breach by a shorter target from one by time', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 240 })],
      ['2026-03-09 10:00Z', { kind: 'target', target: aTarget({ minutes: 30, policyVersion: '8' }) }],
    )
    const explanation = explained('2026-03-09 12:00Z', events)
    expect(explanation).toMatchObject({
      countedMs: 2 * HOUR_MS,
      budgetMs: 30 * MINUTE_MS,
      policyVersion: '8',
      targetsBefore: [{ minutes: 240, policyVersion: '7' }],
    })
    expect(sentenceOf(explanation)).toContain(
      'breached 2026-03-09 11:00 Europe/Berlin, when its target became 30m: 2h had',
    )
  })

  it('explains a breach by the target that was used up, also when it was changed at that very instant', () => {
    const events = history(
      ['2026-03-09 08:00Z', started({ minutes: 60 })],
      ['2026-03-09 09:00Z', { kind: 'target', target: aTarget({ minutes: 30, policyVersion: '8' }) }],
    )
    expect(explained('2026-03-09 12:00Z', events)).toMatchObject({
      policyVersion: '7',
      countedMs: HOUR_MS,
      budgetMs: HOUR_MS,
    })
  })

  it('says how far a clock without a deadline came', () => {
    const events = history(['2026-03-09 08:00Z', started({}, null)], ['2026-03-09 09:00:30Z', status('pending')])
    expect(sentenceOf(explained('2026-03-09 09:10Z', events))).toBe(
      'The resolution clock is paused: 1h 30s of 2h counted from 2026-03-09 08:00 UTC to 2026-03-09 09:10 UTC. ' +
        'Not counted: 9m 30s paused (pending). Policy 7; every hour counts.',
    )
  })

  it('is written in any language from the same data', () => {
    const german = {
      ...ENGLISH,
      deadline: 'Fällig: {until}.',
      notCounted: 'Nicht gezählt: {parts}.',
      closedPart: '{span} zu',
    }
    const text = sentenceOf(
      explained('2026-03-13 15:30Z', history(['2026-03-13 15:30Z', started({ minutes: 60 })])),
      german,
    )
    expect(text).toMatch(/^Fällig: 2026-03-16 09:30 Europe\/Berlin\. Nicht gezählt: 2d 16h zu\./)
  })
})
