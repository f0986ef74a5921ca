import { describe, expect, it } from 'vitest'
import { runBaton } from './run-baton.ts'

const BERLIN = {
  timezone: 'Europe/Berlin',
  weekly: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    thu: [['09:00', '17:00']],
  },
  holidays: ['2026-12-24'],
}
const TARGET = { minutes: 120, pausedIn: ['pending'], stopsIn: ['solved', 'closed'] }
const START = '2026-03-09T08:00:00Z'

async function ask(...requests: unknown[]): Promise<unknown[]> {
  const { code, printed, said } = await runBaton(['clock'], {}, JSON.stringify(requests))
  expect({ code, said }).toEqual({ code: 0, said: '' })
  return JSON.parse(printed)
}

/** A clock that counts every hour, since `START`. */
function clock(asOf: string, ...changes: [string, string][]) {
  const history = [[START, 'new'], ...changes].map(([at, status]) => ({ at, status }))
  return { schedule: null, target: TARGET, history, asOf }
}

describe('baton clock', () => {
  it('tells open time and deadlines, by a schedule and by the calendar', async () => {
    expect(
      await ask(
        { schedule: BERLIN, start: '2026-03-09T07:00:00Z', end: '2026-03-09T14:30:00Z' },
        { schedule: BERLIN, start: '2026-12-21T15:30:00Z', end: '2026-12-28T08:00:30Z' },
        { schedule: null, start: START, end: '2026-03-09T08:00:00.5Z' },
        { schedule: BERLIN, start: '2026-03-09T10:30:00Z', addSeconds: 3600 },
        { schedule: BERLIN, start: '2026-12-21T15:30:00Z', addSeconds: 1800 },
        { schedule: BERLIN, start: '2026-12-21T15:30:00Z', addSeconds: 1801 },
        { schedule: null, start: '2026-03-29T00:30:00+01:00', addSeconds: 0.25 },
      ),
    ).toEqual([
      { openSeconds: 5.5 * 3600 },
      { openSeconds: 1830 },
      { openSeconds: 0.5 },
      { deadline: '2026-03-09T12:30:00Z' },
      { deadline: '2026-12-21T16:00:00Z' },
      { deadline: '2026-12-28T08:00:01Z' },
      { deadline: '2026-03-28T23:30:00.250Z' },
    ])
  })

  it('tells a clock as it stood: running, warned, breached, paused, stopped, reopened and not yet begun', async () => {
    const breached = { breachedAt: '2026-03-09T10:00:00Z', warnAt75: '2026-03-09T09:30:00Z' }
    const neither = { breachedAt: null, warnAt75: null }
    expect(
      await ask(
        clock('2026-03-09T09:29:59Z'),
        clock('2026-03-09T09:30:00Z'),
        clock('2026-03-09T11:00:00Z'),
        clock('2026-03-09T11:00:00Z', ['2026-03-09T09:00:00Z', 'pending']),
        clock('2026-03-09T11:00:00Z', ['2026-03-09T09:00:00Z', 'solved']),
        clock('2026-03-09T11:00:00Z', ['2026-03-09T09:00:00Z', 'solved'], ['2026-03-09T10:45:00Z', 'open']),
        clock('2026-03-09T07:00:00Z'),
      ),
    ).toEqual([
      { elapsedSeconds: 5399, ...neither, deadline: '2026-03-09T10:00:00Z' },
      { elapsedSeconds: 5400, breachedAt: null, warnAt75: '2026-03-09T09:30:00Z', deadline: '2026-03-09T10:00:00Z' },
      { elapsedSeconds: 10800, ...breached, deadline: '2026-03-09T10:00:00Z' },
      { elapsedSeconds: 3600, ...neither, deadline: null },
      { elapsedSeconds: 3600, ...neither, deadline: null },
      { elapsedSeconds: 4500, ...neither, deadline: '2026-03-09T11:45:00Z' },
      { elapsedSeconds: 0, ...neither, deadline: null },
    ])
  })

  it('puts a history into order, and lets the last of two entries at one instant hold', async () => {
    const changes: [string, string][] = [
      ['2026-03-09T09:00:00Z', 'open'],
      ['2026-03-09T08:30:00Z', 'pending'],
      ['2026-03-09T09:15:00Z', 'open'],
      ['2026-03-09T09:15:00Z', 'pending'],
    ]
    const [given, sorted] = await ask(
      clock('2026-03-09T10:00:00Z', ...changes),
      clock('2026-03-09T10:00:00Z', changes[1]!, changes[0]!, changes[3]!),
    )
    expect(given).toEqual(sorted)
    expect(given).toMatchObject({ elapsedSeconds: 45 * 60 })
  })

  it('says what is wrong with one request and answers the others', async () => {
    const answers = await ask(
      { schedule: null, start: START, end: '2026-03-09T09:00:00Z' },
      7,
      null,
      { schedule: null, start: START },
      { schedule: null, start: START, ends: START },
      { start: START, end: START },
      { schedul: null, start: START, end: START },
      { schedule: null, start: START, end: '2026-03-09T07:59:59Z' },
      { schedule: null, start: '2026-02-30T08:00:00Z', end: START },
      { schedule: null, start: '2026-03-09 08:00', end: START },
      { schedule: null, start: START, addSeconds: -1 },
      { schedule: null, start: START, addSeconds: 1e300 },
      { schedule: BERLIN, start: START, addSeconds: 1e11 },
      { schedule: BERLIN, start: '0001-01-01T00:00:00Z', end: START },
      { schedule: { ...BERLIN, timezone: 'Europe/Berln' }, start: START, end: START },
      { schedule: { timezone: 'UTC', weekly: {} }, start: START, end: START },
      { schedule: 'Berlin', start: START, end: START },
      { ...clock(START), history: [] },
      { ...clock(START), target: { ...TARGET, minutes: 1e12 } },
      { ...clock(START), target: { minutes: 5, pausesIn: [] } },
      { ...clock(START), history: [{ at: START, state: 'new' }] },
      { schedule: BERLIN, start: START, addSeconds: 60 },
    )
    expect(answers.map((answer) => (answer as { error?: string }).error ?? answer)).toEqual([
      { openSeconds: 3600 },
      expect.stringContaining('Each request is an object'),
      expect.stringContaining('Each request is an object'),
      expect.stringContaining('Ask with "end", with "addSeconds"'),
      expect.stringContaining('Unknown key "ends"; did you mean "end"?'),
      'schedule: Is missing; null means calendar time',
      'Unknown key "schedul"; did you mean "schedule"?',
      'end: Lies before start; swap the two',
      expect.stringContaining('start: Write a real instant, such as 2026-03-09T16:30:00Z; "2026-02-30T08:00:00Z"'),
      expect.stringContaining('start: Write a real instant'),
      'addSeconds: Write a number of seconds, 0 or more',
      'addSeconds: 1e+300 is more than any schedule holds',
      expect.stringContaining('outlasts the schedule'),
      expect.stringContaining('from 1900 to 2199'),
      expect.stringContaining(
        'schedule.timezone: No time zone is called "Europe/Berln"; did you mean "Europe/Berlin"?',
      ),
      expect.stringContaining('schedule.weekly: This week never opens'),
      expect.stringContaining('schedule: Write a schedule'),
      expect.stringContaining('history: Is empty'),
      expect.stringContaining('target.minutes: 1000000000000 is more than any schedule holds'),
      'target: Unknown key "pausesIn"; did you mean "pausedIn"?',
      expect.stringContaining('history[0]: Unknown key "state"'),
      { deadline: '2026-03-09T08:01:00Z' },
    ])
  })

  it.each([
    ['no input', '', 'Standard input is empty. Give a JSON array'],
    ['what is not JSON', '[{"schedule":', 'Standard input is not JSON'],
    ['JSON that is no array', '{"schedule":null}', 'holds JSON, but no array'],
  ])('refuses %s, prints nothing and exits with 1', async (_, input, message) => {
    const { code, printed, said } = await runBaton(['clock'], {}, input)
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
    expect(said).toContain(message)
  })

  it('answers no requests with no answers', async () => {
    expect(await ask()).toEqual([])
  })

  it('answers two thousand requests in one run, each in its place', async () => {
    const requests = Array.from({ length: 2000 }, (_, index) => ({
      schedule: { ...BERLIN, holidays: [`2026-12-${10 + (index % 20)}`] },
      start: START,
      addSeconds: index,
    }))
    const answers = await ask(...requests)
    expect(answers).toHaveLength(2000)
    expect(answers[1999]).toEqual({ deadline: '2026-03-09T08:33:19Z' })
  })
})
