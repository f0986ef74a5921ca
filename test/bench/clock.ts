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
const ZONES = ['America/New_York', 'Europe/Paris', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Sao_Paulo']

/** Business time at three years' span against adding up the periods one by one, and calendars of 20 years. */
export function benchClock(): BenchRow[] {
  // The first formatter of a process loads the time zone database; that belongs to no calendar.
  new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Berlin' }).format(FROM)
  const schedules = ZONES.map(scheduleIn)
  const first = schedules.map((schedule) => millisecondsOf(() => createCalendar(schedule, TWENTY)))
  const again = schedules.map((schedule) => millisecondsOf(() => createCalendar(schedule, TWENTY)))
  const schedule = scheduleIn('Europe/Berlin')
  const calendar = createCalendar(schedule, { from: FROM, to: FROM + SPAN_MS + 400 * DAY_MS })
  const starts = Array.from({ length: 1024 }, (_, index) => FROM + ((index * 7919) % 365) * HOUR_MS * 5)
  const budgetMs = openMsBetween(calendar, FROM, FROM + SPAN_MS)

  const elapsedNs = nanosecondsOf((turn) => openMsBetween(calendar, startOf(turn), startOf(turn) + SPAN_MS))
  const deadlineNs = nanosecondsOf((turn) => deadlineAfter(calendar, startOf(turn), budgetMs - (turn % 64) * 1000))
  const loopNs = nanosecondsOf((turn) => addingUp(calendar, startOf(turn), startOf(turn) + SPAN_MS))

  const size = `${YEARS} years, 10 intervals a week, 12 holidays a year`
  const reference = `adding up the periods: ${Math.round(loopNs / 1000)} µs`
  const zones = `20 years, ${ZONES.length} zones, median`
  return [
    row('business time elapsed', size, `${Math.round(elapsedNs)} ns`, reference, elapsedNs / loopNs),
    row('deadline', size, `${Math.round(deadlineNs)} ns`, reference, deadlineNs / loopNs),
    calendarRow('calendar, zone seen first', zones, median(first)),
    calendarRow('calendar, zone known', zones, median(again)),
  ]

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

function row(what: string, size: string, result: string, reference: string, ratio: number): BenchRow {
  return { what, size, result, reference, ratio }
}

function calendarRow(what: string, size: string, ms: number): BenchRow {
  return { what, size, result: `${ms.toFixed(1)} ms`, reference: 'limit: 20 ms', ratio: ms / 20 }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
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
