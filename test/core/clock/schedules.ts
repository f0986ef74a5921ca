import { type Calendar, createCalendar } from '../../../core/clock/calendar.ts'
import { createSchedule, type Schedule } from '../../../core/clock/schedule.ts'
import type { ScheduleInput } from '../../../core/clock/schedule-input.ts'
import type { Instant } from '../../../core/units.ts'

export const EVERY_ZONE = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Tehran',
  'Asia/Kathmandu',
] as const

type Weekly = ScheduleInput['weekly']
type Hours = NonNullable<Weekly['mon']>

export function everyDay(...hours: Hours): Weekly {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }
}

export function workDays(...hours: Hours): Weekly {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }
}

/** Berlin, Monday to Friday from nine to five, unless told otherwise. */
export function aSchedule(overrides: Partial<ScheduleInput> = {}): Schedule {
  const made = createSchedule({ timezone: 'Europe/Berlin', weekly: workDays(['09:00', '17:00']), ...overrides })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.schedule
}

/** Starts with a narrow range: what is asked beyond it makes the calendar grow. */
export function aCalendar(overrides: Partial<ScheduleInput> = {}, around: Instant = Date.UTC(2026, 0, 1)): Calendar {
  return createCalendar(aSchedule(overrides), { from: around, to: around })
}
