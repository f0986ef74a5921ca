import { describe, expect, it } from 'vitest'
import { fromZendesk } from '../../../core/clock/from-zendesk.ts'
import { RAILS_ZONES } from '../../../core/clock/rails-zones.ts'
import { createSchedule } from '../../../core/clock/schedule.ts'
import { isZone } from '../../../core/clock/zones.ts'
import { aSchedule, everyDay } from './schedules.ts'

describe('createSchedule', () => {
  it('merges hours that overlap and joins those that touch', () => {
    const { week } = aSchedule({
      weekly: {
        mon: [
          ['16:00', '18:00'],
          ['09:00', '17:00'],
          ['18:00', '20:00'],
          ['20:01', '21:00'],
        ],
      },
    })
    expect(week[1]).toEqual([
      { from: 540, to: 1200 },
      { from: 1201, to: 1260 },
    ])
  })

  it('takes hours over midnight from Saturday into Sunday', () => {
    const { week } = aSchedule({ weekly: { sat: [['22:00', '06:00']] } })
    expect([week[6], week[0]]).toEqual([[{ from: 1320, to: 1440 }], [{ from: 0, to: 360 }]])
  })

  it.each([['00:00', '24:00'] as [string, string], ['00:00', '00:00'] as [string, string]])(
    'takes %s to %s for a whole day',
    (opens, closes) => {
      expect(aSchedule({ weekly: everyDay([opens, closes]) }).week).toEqual(Array(7).fill([{ from: 0, to: 1440 }]))
    },
  )

  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Pacific Time (US & Canada)', 'America/Los_Angeles'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['UTC', 'Etc/UTC'],
  ])('knows the zone %s', (timezone, zone) => {
    expect(aSchedule({ timezone }).timezone).toBe(zone)
  })

  it.each([
    ['Europe/Berln', 'No time zone is called "Europe/Berln"; did you mean "Europe/Berlin"?'],
    ['Germany/Berlin', 'No time zone is called "Germany/Berlin"; did you mean "Europe/Berlin"?'],
    ['New York', 'No time zone is called "New York"; did you mean "America/New_York"?'],
    ['Eastern Time', 'No time zone is called "Eastern Time"; did you mean "Eastern Time (US & Canada)"?'],
    ['+01:00', 'No time zone is called "+01:00"; write a name such as Europe/Berlin'],
    ['IST', 'No time zone is called "IST"; write a name such as Europe/Berlin'],
    ['constructor', 'No time zone is called "constructor"; write a name such as Europe/Berlin'],
    ['', 'No time zone is called ""; write a name such as Europe/Berlin'],
  ])('refuses the zone %j and says which was probably meant', (timezone, message) => {
    expect(problemsOf({ timezone, weekly: { mon: [['09:00', '17:00']] } })).toEqual([{ path: 'timezone', message }])
  })

  it.each([[{}], [{ mon: [] }], [{ mon: [], sun: [] }]])('C3: refuses a week that never opens: %j', (weekly) => {
    expect(problemsOf({ timezone: 'UTC', weekly })).toEqual([
      {
        path: 'weekly',
        message: 'This week never opens, so no deadline would ever come; give at least one day its hours',
      },
    ])
  })

  it.each([
    ['an hour that is none', { weekly: { mon: [['9', '17:00']] } }, 'weekly.mon[0][0]', 'Write the hour it opens'],
    ['opening at the end of a day', { weekly: { mon: [['24:00', '03:00']] } }, 'weekly.mon[0][0]', '00:00 to 23:59'],
    ['an hour after the last', { weekly: { mon: [['09:00', '24:01']] } }, 'weekly.mon[0][1]', '00:00 to 24:00'],
    ['one hour alone', { weekly: { mon: [['09:00']] } }, 'weekly.mon[0]', 'Write the hours as ["09:00", "17:00"]'],
    ['a long weekday', { weekly: { monday: [['09:00', '17:00']] } }, 'weekly.monday', 'did you mean "mon"?'],
    ['a misspelt key', { timezon: 'UTC' }, 'timezon', 'did you mean "timezone"?'],
    ['a date no calendar has', { holidays: ['2026-02-30'] }, 'holidays[0]', 'Write a real date as YYYY-MM-DD'],
    ['a misspelt holiday', { holidays: [{ date: '2026-12-24', nmae: 'x' }] }, 'holidays[0].nmae', 'mean "name"?'],
    [
      'a range whose end no calendar has',
      { holidays: [{ from: '2026-12-24', to: '2026-12-32' }] },
      'holidays[0].to',
      'Write a real date',
    ],
    ['a holiday that is no date', { holidays: [20261224] }, 'holidays[0]', 'Write "2026-12-24", { date, name }'],
    [
      'a holiday that ends before it begins',
      { holidays: [{ from: '2026-12-26', to: '2026-12-24', name: 'Christmas' }] },
      'holidays[0]',
      'Ends on 2026-12-24, before it begins on 2026-12-26',
    ],
    [
      'a holiday of years',
      { holidays: [{ from: '2026-12-24', to: '2028-12-24', name: 'Christmas' }] },
      'holidays[0]',
      'Lasts longer than a year; check the dates',
    ],
    ['a beginning that is no date', { effective_from: 'soon' }, 'effective_from', 'Write a date, such as 2026-07-01'],
  ])('refuses %s at its place', (_, wrong, path, message) => {
    const problems = problemsOf({ timezone: 'UTC', weekly: { mon: [['09:00', '17:00']] }, ...wrong })
    expect(problems).toContainEqual({ path, message: expect.stringContaining(message) })
  })

  it.each([[null], [[]], ['09:00'], [7]])('refuses %j, which is no schedule', (input) => {
    expect(problemsOf(input)).toHaveLength(1)
  })

  it('says everything that is wrong at once', () => {
    expect(
      problemsOf({ timezone: 'Berln', weekly: {}, holidays: [{ from: '2026-02-02', to: '2026-02-01' }] }),
    ).toHaveLength(3)
  })
})

describe('fromZendesk', () => {
  const schedule = {
    id: 122106,
    name: 'Business Hours',
    time_zone: 'Central Time (US & Canada)',
    intervals: [
      { start_time: 1980, end_time: 2460 },
      { start_time: 8640 + 22 * 60, end_time: 10080 },
      { start_time: 0, end_time: 6 * 60 },
      { start_time: 2880 + 20 * 60, end_time: 4320 + 4 * 60 },
    ],
    created_at: '2026-01-01T00:00:00Z',
  }
  const holidays = [{ id: 1, name: 'Christmas', start_date: '2026-12-24', end_date: '2026-12-26' }]

  it('reads minutes since Sunday 00:00, intervals over midnight and inclusive holidays', () => {
    const made = fromZendesk(schedule, holidays)
    expect(made).toEqual({
      ok: true,
      schedule: aSchedule({
        id: '122106',
        name: 'Business Hours',
        timezone: 'America/Chicago',
        weekly: {
          mon: [['09:00', '17:00']],
          sat: [['22:00', '06:00']],
          tue: [['20:00', '04:00']],
        },
        holidays: [{ from: '2026-12-24', to: '2026-12-26', name: 'Christmas' }],
      }),
    })
  })

  it('keeps from when a version counts', () => {
    const made = fromZendesk(schedule, [], '2026-07-01T12:00:00Z')
    expect(made.ok && made.schedule.effectiveFrom).toBe(Date.UTC(2026, 6, 1, 12))
  })

  it.each([
    ['a schedule without intervals', { ...schedule, intervals: [] }, 'intervals'],
    [
      'an interval that ends before it starts',
      { ...schedule, intervals: [{ start_time: 9, end_time: 8 }] },
      'intervals[0]',
    ],
    [
      'a minute after the week',
      { ...schedule, intervals: [{ start_time: 9, end_time: 10081 }] },
      'intervals[0].end_time',
    ],
    ['an unknown zone', { ...schedule, time_zone: 'Atlantis' }, 'time_zone'],
  ])('refuses %s at its place', (_, wrong, path) => {
    const made = fromZendesk(wrong, holidays)
    expect(made.ok ? [] : made.problems.map((problem) => problem.path)).toEqual([path])
  })
})

describe("Zendesk's names for time zones", () => {
  it('all lead to zones that exist', () => {
    expect(Object.entries(RAILS_ZONES).filter(([, zone]) => !isZone(zone))).toEqual([])
    expect(Object.keys(RAILS_ZONES).length).toBeGreaterThan(150)
  })
})

function problemsOf(input: unknown) {
  const made = createSchedule(input)
  return made.ok ? [] : made.problems
}
