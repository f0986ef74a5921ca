import { DAY_MS, type Instant } from '../units.ts'

/** A local calendar date as `YYYY-MM-DD`. */
export type LocalDate = string

/** A local calendar date as days since 1970-01-01. */
export type LocalDay = number

/** Reads `YYYY-MM-DD`; null for a date that no calendar has, such as 2026-02-30. */
export function localDay(date: LocalDate): LocalDay | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!parts) return null
  const [year, month, dayOfMonth] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const midnight = new Date(Date.UTC(year, month - 1, dayOfMonth))
  const isReal = midnight.getUTCFullYear() === year && midnight.getUTCMonth() === month - 1
  return isReal ? midnight.getTime() / DAY_MS : null
}

export function localDate(day: LocalDay): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The local date at an instant, where clocks are `offsetMs` ahead of UTC. */
export function localDayAt(at: Instant, offsetMs: number): LocalDay {
  return Math.floor((at + offsetMs) / DAY_MS)
}

/** 0 is Sunday. */
export function weekdayOf(day: LocalDay): number {
  return (((day + 4) % 7) + 7) % 7
}
