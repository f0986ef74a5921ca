import type { Instant } from '../../../core/units.ts'
import { atWall, wallAt } from '../../life/zoned-time.ts'
import type { Span } from './view.ts'

/** Half-open [from, to), ISO 8601. */
export type Window = { from: string; to: string; zone: string }

const DAY_MS = 86_400_000

/** When a span of days begins and ends by the clocks of a zone. Weeks begin on Monday, and the present one is the last. */
export function windowOf(span: Span, now: Instant, zone: string): Window {
  if (!('weeks' in span)) return { from: midnight(span.from, zone), to: midnight(plusDays(span.to, 1), zone), zone }
  const today = wallAt(now, zone).slice(0, 10)
  const monday = mondayBefore(today)
  return {
    from: midnight(plusDays(monday, -7 * (span.weeks - 1)), zone),
    to: midnight(plusDays(monday, 7), zone),
    zone,
  }
}

/** `2026-03-09` and as many days later. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The Monday of a day's week. */
export function mondayBefore(day: string): string {
  return plusDays(day, -((weekday(day) + 6) % 7))
}

/** `2026-W10`, of a Monday. Its year is that of its Thursday. */
export function isoWeek(monday: string): string {
  const thursday = plusDays(monday, 3)
  const first = Date.parse(`${thursday.slice(0, 4)}-01-01T00:00Z`)
  const week = 1 + Math.floor((Date.parse(`${thursday}T00:00Z`) - first) / (7 * DAY_MS))
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`
}

function weekday(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay()
}

function midnight(day: string, zone: string): string {
  return new Date(atWall(`${day}T00:00`, zone) ?? Number.NaN).toISOString()
}
