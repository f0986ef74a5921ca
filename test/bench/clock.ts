import { deadlineAfter, openMsBetween } from '../../core/clock/business-time.ts'
import { type Calendar, createCalendar } from '../../core/clock/calendar.ts'
import { createSchedule, type Schedule } from '../../core/clock/schedule.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/units.ts'
import type { BenchRow } from './row.ts'

const YEARS = 3
const FROM = Date.UTC(2026, 0, 1)
const SPAN_MS = YEARS * 365 * DAY_MS
/** 20 years that no other measurement in this process has asked about. */
const TWENTY = { from: Date.UTC(2006, 0, 1), to: Date.UTC(2026, 0, 1) }
const ZONES = [
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/Paris',
  'Europe/London',
  'Europe/Athens',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Auckland',
]

/** Business time at three years' span against adding up the periods one by one, and calendars of 20 years. */
export function benchClock(): BenchRow[] {
  // The first formatter of a process loads the time zone database; that belongs to no calendar.
  new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Berlin' }).format(FROM)
  const schedules = ZONES.map(scheduleIn)
  const makeAll = () => schedules.map((schedule) => createCalendar(schedule, TWENTY))
  const firstMs = millisecondsOf(makeAll) / ZONES.length
  const againMs = millisecondsOf(makeAll) / ZONES.length
  const schedule = scheduleIn('Europe/Berlin')
  const calendar = createCalendar(schedule, { from: FROM, to: FROM + SPAN_MS + 400 * DAY_MS })
  const starts = Array.from({ length: 1024 }, (_, index) => FROM + ((index * 7919) % 365) * HOUR_MS * 5)
  const budgetMs = openMsBetween(calendar, FROM, FROM + SPAN_MS)

  const elapsedNs = nanosecondsOf((turn) => openMsBetween(calendar, startOf(turn), startOf(turn) + SPAN_MS))
  const deadlineNs = nanosecondsOf((turn) => deadlineAfter(calendar, startOf(turn), budgetMs - (turn % 64) * 1000))
  const loopNs = nanosecondsOf((turn) => addingUp(calendar, startOf(turn), startOf(turn) + SPAN_MS))

  const size = `${YEARS} years, 10 intervals a week, 12 holidays a year`
  const reference = `adding up the periods: ${(loopNs / 1000).toFixed(1)} µs`
  const zones = `20 years, ${ZONES.length} zones, mean`
  return [
    timeRow('business time elapsed', elapsedNs),
    timeRow('deadline', deadlineNs),
    calendarRow('calendar, zone seen first', firstMs),
    calendarRow('calendar, zone known', againMs),
  ]

  function timeRow(what: string, ns: number): BenchRow {
    const ratio = `${(ns / loopNs).toFixed(2)} (at most 1 µs)`
    return { what, size, result: `${Math.round(ns)} ns`, reference, ratio }
  }

  function calendarRow(what: string, ms: number): BenchRow {
    return { what, size: zones, result: `${ms.toFixed(1)} ms`, reference: '', ratio: 'at most 20 ms' }
  }

  function startOf(turn: number): Instant {
    return starts[turn % starts.length]!
  }
}

/** The least that any implementation does that has no sums: one step for each period in the span. */
function addingUp(calendar: Calendar, start: Instant, end: Instant): number {
  const { opensAt, closesAt } = calendar.covering(start, end)
  let openMs = 0
  for (let index = 0; index < opensAt.length && opensAt[index]! < end; index++) {
    openMs += Math.max(0, Math.min(end, closesAt[index]!) - Math.max(start, opensAt[index]!))
  }
  return openMs
}

function scheduleIn(timezone: string): Schedule {
  const hours = [
    ['09:00', '12:30'],
    ['13:30', '18:00'],
  ]
  const holidays = Array.from({ length: 30 * 12 }, (_, index) => {
    const month = String((index % 12) + 1).padStart(2, '0')
    return { date: `${2006 + Math.floor(index / 12)}-${month}-15`, name: `Day ${index}` }
  })
  const made = createSchedule({
    timezone,
    weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    holidays,
  })
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return made.schedule
}

let sink = 0

/** Nanoseconds for one turn. */
function nanosecondsOf(work: (turn: number) => number): number {
  for (let turn = 0; turn < 5000; turn++) sink += work(turn)
  let turns = 0
  let spentMs = 0
  while (spentMs < 300) {
    spentMs += millisecondsOf(() => {
      for (let inner = 0; inner < 2000; inner++) sink += work(turns++)
    })
  }
  if (sink === 0) throw new Error('Nothing was measured')
  return (spentMs / turns) * 1_000_000
}

/** Processor time of this thread: other programs on the machine don't count. */
function millisecondsOf(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
