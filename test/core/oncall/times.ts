import type { Schedule, WallTime } from '../../../core/oncall/schedule.ts'
import { type Shift, shifts } from '../../../core/oncall/shifts.ts'
import type { Instant } from '../../../core/units.ts'

/** `2026-03-28 09:00Z` or with an offset, `2026-03-28 09:00+01:00`. */
export function at(text: string): Instant {
  const instant = Date.parse(text.replace(' ', 'T'))
  if (Number.isNaN(instant)) throw new Error(`${text} is no instant`)
  return instant
}

export function wallTime(text: string): WallTime {
  return at(`${text}Z`)
}

/** `2026-03-28 08:00Z` */
export function utc(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

/** Each shift as `from to person`. */
export function said(schedule: Schedule, from: string, to: string): string[] {
  return shifts(schedule, at(from), at(to)).map((shift: Shift) => `${utc(shift.from)} ${utc(shift.to)} ${shift.person}`)
}
