import { describe, expect, it } from 'vitest'
import { nextOnCall, type OnCall, whoIsOnCall } from '../../../core/oncall/who.ts'
import { aLayer, aSchedule, hoursOn } from './schedules.ts'
import { at, utc, wallTime } from './times.ts'

const when = (onCall: OnCall | null) =>
  onCall && [
    onCall.person,
    onCall.since === null ? null : utc(onCall.since),
    onCall.until === null ? null : utc(onCall.until),
  ]

describe('whoIsOnCall', () => {
  const overrides = [{ from: at('2026-03-28 18:00Z'), to: at('2026-03-29 18:00Z'), person: 'dev' }]
  const weekly = aSchedule({ overrides })

  it.each([
    ['in the middle of a week', '2026-03-10 12:00Z', ['ana', '2026-03-09 08:00Z', '2026-03-16 08:00Z'], 'base'],
    ['at the instant of a hand-over', '2026-03-16 08:00Z', ['ben', '2026-03-16 08:00Z', '2026-03-23 08:00Z'], 'base'],
    ['until an override', '2026-03-28 17:59Z', ['chiara', '2026-03-23 08:00Z', '2026-03-28 18:00Z'], 'base'],
    ['by an override', '2026-03-28 18:00Z', ['dev', '2026-03-28 18:00Z', '2026-03-29 18:00Z'], 'override'],
    ['after an override', '2026-03-29 18:00Z', ['chiara', '2026-03-29 18:00Z', '2026-03-30 07:00Z'], 'base'],
  ])('names the one %s', (_, instant, expected, source) => {
    const onCall = whoIsOnCall(weekly, at(instant))
    expect(when(onCall)).toEqual(expected)
    expect(onCall?.source).toEqual(source === 'override' ? { override: 0 } : { layer: source })
  })

  it('names nobody in a gap and before the start', () => {
    const workdays = aSchedule({ layers: [aLayer({ hours: [hoursOn('mon', 9, 17)] })] })
    expect(whoIsOnCall(workdays, at('2026-03-03 12:00Z'))).toBeNull()
    expect(whoIsOnCall(weekly, at('2026-01-05 07:59Z'))).toBeNull()
    expect(whoIsOnCall(weekly, Number.NaN)).toBeNull()
  })

  it('finds ends that are months away', () => {
    const long = aSchedule({
      layers: [aLayer({ participants: ['ana'], startsAt: wallTime('2025-06-02 09:00') })],
      overrides: [{ from: at('2026-09-01 00:00Z'), to: at('2026-09-02 00:00Z'), person: 'ben' }],
    })
    expect(when(whoIsOnCall(long, at('2026-01-01 00:00Z')))).toEqual(['ana', '2025-06-02 07:00Z', '2026-09-01 00:00Z'])
  })

  it('says that it knows no end when nothing ends it within two years', () => {
    const alone = aSchedule({ layers: [aLayer({ participants: ['ana'] })] })
    expect(when(whoIsOnCall(alone, at('2026-03-01 00:00Z')))).toEqual(['ana', '2026-01-05 08:00Z', null])
    expect(when(whoIsOnCall(alone, at('2030-03-01 00:00Z')))).toEqual(['ana', null, null])
    expect(nextOnCall(alone, at('2026-03-01 00:00Z'))).toBeNull()
  })
})

describe('nextOnCall', () => {
  it.each([
    ['after this turn', '2026-03-10 12:00Z', ['ben', '2026-03-16 08:00Z', '2026-03-23 08:00Z']],
    ['before the start', '2025-11-01 00:00Z', ['ana', '2026-01-05 08:00Z', '2026-01-12 08:00Z']],
  ])('names who comes %s', (_, instant, expected) => {
    expect(when(nextOnCall(aSchedule(), at(instant)))).toEqual(expected)
  })

  it('names the same person again after a gap', () => {
    const workdays = aSchedule({ layers: [aLayer({ participants: ['ana'], hours: [hoursOn('mon wed', 9, 17)] })] })
    const expected = ['ana', '2026-03-04 08:00Z', '2026-03-04 16:00Z']
    expect(when(nextOnCall(workdays, at('2026-03-02 12:00Z')))).toEqual(expected)
    expect(when(nextOnCall(workdays, at('2026-03-03 12:00Z')))).toEqual(expected)
  })
})
