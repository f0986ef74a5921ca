import { type Instant, MINUTE_MS } from '../units.ts'
import type { ScheduleHistory } from './history.ts'
import { type LocalDate, localDate } from './local-date.ts'
import { type LocalPiece, visitLocalPieces } from './local-pieces.ts'
import type { Schedule } from './schedule.ts'
import { spansOn } from './week.ts'

/**
 * A stretch [from, to) that counts, or one that doesn't and why. `date` is the local date it begins on; `schedule` the
 * version in force (null for calendar time).
 */
export type Stretch = { from: Instant; to: Instant; date: LocalDate; schedule: Schedule | null } & (
  | { isOpen: true }
  | { isOpen: false; reason: 'closed' }
  | { isOpen: false; reason: 'holiday'; holiday: string }
)

/**
 * [from, to) cut into stretches, in order, without holes. Open ones end at local midnight at the latest; closed ones
 * run until something opens, a holiday begins or ends, or another version counts. A holiday is named even on a weekday
 * that is closed anyway.
 */
export function stretchesOf(history: ScheduleHistory, from: Instant, to: Instant): Stretch[] {
  const found: Stretch[] = []
  visitLocalPieces(history, from, to, (piece) => {
    for (const stretch of stretchesIn(piece)) {
      const last = found.at(-1)
      if (last && isSame(last, stretch)) last.to = stretch.to
      else found.push(stretch)
    }
  })
  return found
}

function stretchesIn(piece: LocalPiece): Stretch[] {
  const { from, to, schedule, holiday } = piece
  const base = { date: localDate(piece.day), schedule }
  if (holiday !== null) return [{ ...base, from, to, isOpen: false, reason: 'holiday', holiday }]

  const found: Stretch[] = []
  let at = from
  for (const span of spansOn(schedule.week, piece.day)) {
    const opens = Math.max(at, piece.midnight + span.from * MINUTE_MS)
    const closes = Math.min(to, piece.midnight + span.to * MINUTE_MS)
    if (opens >= closes) continue
    if (at < opens) found.push({ ...base, from: at, to: opens, isOpen: false, reason: 'closed' })
    found.push({ ...base, from: opens, to: closes, isOpen: true })
    at = closes
  }
  if (at < to) found.push({ ...base, from: at, to, isOpen: false, reason: 'closed' })
  return found
}

function isSame(last: Stretch, next: Stretch): boolean {
  if (last.isOpen !== next.isOpen || last.schedule !== next.schedule) return false
  if (last.isOpen || next.isOpen) return last.date === next.date
  if (last.reason === 'holiday') return next.reason === 'holiday' && last.holiday === next.holiday
  return next.reason === 'closed'
}
