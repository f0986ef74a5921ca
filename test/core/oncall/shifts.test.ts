import { describe, expect, it } from 'vitest'
import { shifts } from '../../../core/oncall/shifts.ts'
import { aLayer, aSchedule, hoursOn } from './schedules.ts'
import { at, said, wallTime } from './times.ts'

describe('a rotation', () => {
  it.each([
    // Clocks go forward on 2026-03-29 02:00 and back on 2026-10-25 03:00 in Berlin.
    [
      'daily at 09:00 in Berlin, forward',
      { zone: 'Europe/Berlin', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 1 } },
      '2026-03-28 00:00Z',
      '2026-03-31 00:00Z',
      [
        '2026-03-28 00:00Z 2026-03-28 08:00Z ben',
        '2026-03-28 08:00Z 2026-03-29 07:00Z ana',
        '2026-03-29 07:00Z 2026-03-30 07:00Z ben',
        '2026-03-30 07:00Z 2026-03-31 00:00Z ana',
      ],
    ],
    [
      'daily at 09:00 in Berlin, back',
      { zone: 'Europe/Berlin', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 1 } },
      '2026-10-24 07:00Z',
      '2026-10-26 08:00Z',
      ['2026-10-24 07:00Z 2026-10-25 08:00Z ana', '2026-10-25 08:00Z 2026-10-26 08:00Z ben'],
    ],
    // 2026-03-08 02:00 and 2026-11-01 02:00 in New York.
    [
      'weekly at 09:00 in New York, over both changes of the clock',
      { zone: 'America/New_York', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 7 } },
      '2026-03-02 14:00Z',
      '2026-03-16 13:00Z',
      ['2026-03-02 14:00Z 2026-03-09 13:00Z ana', '2026-03-09 13:00Z 2026-03-16 13:00Z ben'],
    ],
    [
      'weekly at 09:00 in New York, back',
      { zone: 'America/New_York', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 7 } },
      '2026-10-26 13:00Z',
      '2026-11-09 14:00Z',
      ['2026-10-26 13:00Z 2026-11-02 14:00Z ana', '2026-11-02 14:00Z 2026-11-09 14:00Z ben'],
    ],
    // Half an hour at 02:00: back on 2026-04-05 (+11:00 to +10:30), forward on 2026-10-04.
    [
      'daily at 09:00 on Lord Howe Island, half an hour back',
      { zone: 'Australia/Lord_Howe', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 1 } },
      '2026-04-03 22:00Z',
      '2026-04-05 22:30Z',
      ['2026-04-03 22:00Z 2026-04-04 22:30Z ben', '2026-04-04 22:30Z 2026-04-05 22:30Z ana'],
    ],
    [
      'daily at 09:00 on Lord Howe Island, half an hour forward',
      { zone: 'Australia/Lord_Howe', participants: ['ana', 'ben'], rotation: { unit: 'days', length: 1 } },
      '2026-10-02 22:30Z',
      '2026-10-04 22:00Z',
      ['2026-10-02 22:30Z 2026-10-03 22:00Z ben', '2026-10-03 22:00Z 2026-10-04 22:00Z ana'],
    ],
    [
      'of twelve hours, which is elapsed time: its hand-overs move on the wall',
      { zone: 'Europe/Berlin', participants: ['ana', 'ben'], rotation: { unit: 'hours', length: 12 } },
      '2026-03-28 08:00Z',
      '2026-03-30 08:00Z',
      [
        '2026-03-28 08:00Z 2026-03-28 20:00Z ana',
        '2026-03-28 20:00Z 2026-03-29 08:00Z ben',
        '2026-03-29 08:00Z 2026-03-29 20:00Z ana',
        '2026-03-29 20:00Z 2026-03-30 08:00Z ben',
      ],
    ],
    [
      'whose hand-over is skipped by the clock, at the instant of the change',
      {
        zone: 'Europe/Berlin',
        participants: ['ana', 'ben'],
        rotation: { unit: 'days', length: 1 },
        startsAt: wallTime('2026-03-27 02:30'),
      },
      '2026-03-28 01:30Z',
      '2026-03-30 00:30Z',
      ['2026-03-28 01:30Z 2026-03-29 01:00Z ben', '2026-03-29 01:00Z 2026-03-30 00:30Z ana'],
    ],
    [
      'whose hand-over the clock shows twice, at the first time',
      {
        zone: 'Europe/Berlin',
        participants: ['ana', 'ben'],
        rotation: { unit: 'days', length: 1 },
        startsAt: wallTime('2026-10-24 02:30'),
      },
      '2026-10-24 00:30Z',
      '2026-10-26 01:30Z',
      ['2026-10-24 00:30Z 2026-10-25 00:30Z ana', '2026-10-25 00:30Z 2026-10-26 01:30Z ben'],
    ],
    [
      'of somebody named twice, for two turns on end',
      { participants: ['ana', 'ana', 'ben'] },
      '2026-01-05 08:00Z',
      '2026-01-26 08:00Z',
      ['2026-01-05 08:00Z 2026-01-19 08:00Z ana', '2026-01-19 08:00Z 2026-01-26 08:00Z ben'],
    ],
    [
      'that has not begun',
      { startsAt: wallTime('2026-06-01 09:00') },
      '2026-05-31 00:00Z',
      '2026-06-02 00:00Z',
      ['2026-06-01 07:00Z 2026-06-02 00:00Z ana'],
    ],
    // Samoa went from one side of the date line to the other and had no 2011-12-30.
    [
      'over a day that never was',
      {
        zone: 'Pacific/Apia',
        participants: ['ana', 'ben', 'chiara'],
        rotation: { unit: 'days', length: 1 },
        startsAt: wallTime('2011-12-28 09:00'),
      },
      '2011-12-28 19:00Z',
      '2012-01-01 19:00Z',
      [
        '2011-12-28 19:00Z 2011-12-29 19:00Z ana',
        '2011-12-29 19:00Z 2011-12-30 10:00Z ben',
        '2011-12-30 10:00Z 2011-12-30 19:00Z chiara',
        '2011-12-30 19:00Z 2011-12-31 19:00Z ana',
        '2011-12-31 19:00Z 2012-01-01 19:00Z ben',
      ],
    ],
    [
      'at midnight, past the person whose day never was',
      {
        zone: 'Pacific/Apia',
        participants: ['ana', 'ben', 'chiara'],
        rotation: { unit: 'days', length: 1 },
        startsAt: wallTime('2011-12-28 00:00'),
      },
      '2011-12-28 10:00Z',
      '2012-01-01 10:00Z',
      [
        '2011-12-28 10:00Z 2011-12-29 10:00Z ana',
        '2011-12-29 10:00Z 2011-12-30 10:00Z ben',
        '2011-12-30 10:00Z 2011-12-31 10:00Z ana',
        '2011-12-31 10:00Z 2012-01-01 10:00Z ben',
      ],
    ],
    [
      'in winter at the time it began with in summer, seen in the hour between',
      { participants: ['ana', 'ben'], rotation: { unit: 'days', length: 1 }, startsAt: wallTime('2026-07-06 09:00') },
      '2026-12-01 07:30Z',
      '2026-12-01 09:00Z',
      ['2026-12-01 07:30Z 2026-12-01 08:00Z ben', '2026-12-01 08:00Z 2026-12-01 09:00Z ana'],
    ],
  ] as const)('hands over %s', (_, layer, from, to, expected) => {
    expect(said(aSchedule({ layers: [aLayer(layer)] }), from, to)).toEqual(expected)
  })
})

describe('hours', () => {
  it.each([
    [
      'on two weekdays',
      [hoursOn('mon tue', 9, 17)],
      '2026-03-02 00:00Z',
      '2026-03-09 00:00Z',
      ['2026-03-02 08:00Z 2026-03-02 16:00Z ana', '2026-03-03 08:00Z 2026-03-03 16:00Z ana'],
    ],
    [
      'over midnight, which belong to the day they begin on',
      [hoursOn('fri', 22, 30)],
      '2026-03-02 00:00Z',
      '2026-03-09 00:00Z',
      ['2026-03-06 21:00Z 2026-03-07 05:00Z ana'],
    ],
    [
      'over midnight, when the range begins in the small hours',
      [hoursOn('fri', 22, 30)],
      '2026-03-07 02:00Z',
      '2026-03-09 00:00Z',
      ['2026-03-07 02:00Z 2026-03-07 05:00Z ana'],
    ],
    [
      'of a night an hour short',
      [hoursOn('sat', 22, 30)],
      '2026-03-28 12:00Z',
      '2026-03-29 12:00Z',
      ['2026-03-28 21:00Z 2026-03-29 04:00Z ana'],
    ],
    [
      'of a night an hour long',
      [hoursOn('sat', 22, 30)],
      '2026-10-24 12:00Z',
      '2026-10-25 12:00Z',
      ['2026-10-24 20:00Z 2026-10-25 05:00Z ana'],
    ],
    ['that the clock skips, not at all', [hoursOn('sun', 2, 3)], '2026-03-28 12:00Z', '2026-03-29 12:00Z', []],
    [
      'that the clock shows twice, both times',
      [hoursOn('sun', 2, 2.5)],
      '2026-10-24 12:00Z',
      '2026-10-25 12:00Z',
      ['2026-10-25 00:00Z 2026-10-25 00:30Z ana', '2026-10-25 01:00Z 2026-10-25 01:30Z ana'],
    ],
    [
      'that touch and overlap, as one',
      [hoursOn('mon', 9, 12), hoursOn('mon', 12, 15), hoursOn('mon', 14, 17)],
      '2026-03-02 00:00Z',
      '2026-03-03 00:00Z',
      ['2026-03-02 08:00Z 2026-03-02 16:00Z ana'],
    ],
    [
      'of a whole day',
      [hoursOn('sat', 0, 24)],
      '2026-03-02 00:00Z',
      '2026-03-09 00:00Z',
      ['2026-03-06 23:00Z 2026-03-07 23:00Z ana'],
    ],
  ])('hold %s', (_, hours, from, to, expected) => {
    expect(said(aSchedule({ layers: [aLayer({ participants: ['ana'], hours })] }), from, to)).toEqual(expected)
  })
})

describe('a schedule', () => {
  const follow = aSchedule({
    layers: [
      aLayer({ id: 'nights', participants: ['chiara'] }),
      aLayer({ id: 'europe', participants: ['ana'], hours: [hoursOn('mon tue wed thu fri', 9, 18)] }),
      aLayer({
        id: 'america',
        zone: 'America/New_York',
        participants: ['ben'],
        hours: [hoursOn('mon tue wed thu fri', 9, 17)],
      }),
    ],
  })

  it('lets later layers win where they cover, each in its own zone', () => {
    expect(said(follow, '2026-03-02 00:00Z', '2026-03-03 00:00Z')).toEqual([
      '2026-03-02 00:00Z 2026-03-02 08:00Z chiara',
      '2026-03-02 08:00Z 2026-03-02 14:00Z ana',
      '2026-03-02 14:00Z 2026-03-02 22:00Z ben',
      '2026-03-02 22:00Z 2026-03-03 00:00Z chiara',
    ])
  })

  it('follows each zone in the weeks when only America has changed its clocks', () => {
    expect(said(follow, '2026-03-10 07:00Z', '2026-03-10 22:00Z')).toEqual([
      '2026-03-10 07:00Z 2026-03-10 08:00Z chiara',
      '2026-03-10 08:00Z 2026-03-10 13:00Z ana',
      '2026-03-10 13:00Z 2026-03-10 21:00Z ben',
      '2026-03-10 21:00Z 2026-03-10 22:00Z chiara',
    ])
  })

  it('lets an override win over every layer, and over a gap', () => {
    const overrides = [{ from: at('2026-03-02 10:00Z'), to: at('2026-03-03 10:00Z'), person: 'dev' }]
    const gappy = aSchedule({ layers: [aLayer({ participants: ['ana'], hours: [hoursOn('mon', 9, 17)] })], overrides })
    expect(said({ ...follow, overrides }, '2026-03-02 08:00Z', '2026-03-03 12:00Z')).toEqual([
      '2026-03-02 08:00Z 2026-03-02 10:00Z ana',
      '2026-03-02 10:00Z 2026-03-03 10:00Z dev',
      '2026-03-03 10:00Z 2026-03-03 12:00Z ana',
    ])
    expect(said(gappy, '2026-03-02 08:00Z', '2026-03-10 00:00Z')).toEqual([
      '2026-03-02 08:00Z 2026-03-02 10:00Z ana',
      '2026-03-02 10:00Z 2026-03-03 10:00Z dev',
      '2026-03-09 08:00Z 2026-03-09 16:00Z ana',
    ])
  })

  it('joins what one person has by several layers, and names them', () => {
    const layers = [
      aLayer({ participants: ['ana'] }),
      aLayer({ id: 'day', participants: ['ana'], hours: [hoursOn('mon', 9, 17)] }),
    ]
    const [shift, ...others] = shifts(aSchedule({ layers }), at('2026-03-02 00:00Z'), at('2026-03-04 00:00Z'))
    expect(others).toEqual([])
    expect(shift?.sources).toEqual([{ layer: 'base' }, { layer: 'day' }])
  })

  it.each([
    ['no layers', { layers: [] }],
    ['a layer of nobody', { layers: [aLayer({ participants: [] })] }],
    ['a rotation of zero hours', { layers: [aLayer({ rotation: { unit: 'hours', length: 0 } })] }],
    ['an override that ends before it begins', { layers: [], overrides: [{ from: 5, to: 1, person: 'ana' }] }],
  ] as const)('is a gap with %s', (_, schedule) => {
    expect(shifts(aSchedule(schedule), 0, at('2026-03-04 00:00Z'))).toEqual([])
  })

  it.each([
    ['empty', 5, 5],
    ['backwards', 5, 1],
    ['not a number', Number.NaN, 5],
    ['before 1900', -8.64e15, at('1899-12-31 00:00Z')],
    ['after 2199', at('2200-01-01 00:00Z'), Number.POSITIVE_INFINITY],
  ])('has no shifts in a range that is %s', (_, from, to) => {
    expect(shifts(aSchedule(), from, to)).toEqual([])
  })
})
