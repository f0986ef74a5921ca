import { DAY_MS, type Instant, MINUTE_MS } from '../../core/units.ts'

const WALL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/
const WRITTEN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) ([+-])(\d{2}):(\d{2})$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * A date as people read it in a comment and Baton reads it back: `2026-03-09 15:00 +01:00`, from what a browser's input
 * holds (`2026-03-09T15:00`) for somebody in `zone`. An hour that the clock skips counts as the one after it.
 *
 * @returns empty for what is no date yet
 */
export function writeWall(wall: string, zone: string): string {
  const at = atWall(wall, zone)
  return at === null ? '' : writeInstant(at, zone)
}

/** When the clocks of a zone show `2026-03-09T15:00`; null for what is no date. */
export function atWall(wall: string, zone: string): Instant | null {
  const [, day, time] = WALL.exec(wall) ?? []
  if (day === undefined || time === undefined) return null
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const first = asUtc - offsetMs(asUtc, zone)
  return asUtc - offsetMs(first, zone)
}

/** The same for an instant: `2026-03-09 15:00 +01:00`. */
export function writeInstant(at: Instant, zone: string): string {
  const offset = offsetMs(at, zone)
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS)
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = offset < 0 ? '-' : '+'
  return `${wallAt(at, zone).replace('T', ' ')} ${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** What a browser's input shows to somebody in `zone`; empty for what is no date. */
export function wallOf(written: string, zone: string): string {
  const at = WRITTEN.test(written) ? readWritten(written) : null
  return at === null ? '' : wallAt(at, zone)
}

/** A day lasts until its end in UTC. Null for what is no date. */
export function readWritten(written: string): Instant | null {
  if (DAY.test(written)) return orNull(Date.parse(`${written}T00:00:00Z`) + DAY_MS - 1)
  const [, day, time, sign, hours, minutes] = WRITTEN.exec(written) ?? []
  return day === undefined ? null : orNull(Date.parse(`${day}T${time}:00${sign}${hours}:${minutes}`))
}

/** What the clocks of a zone show: `2026-03-09T15:00`. */
export function wallAt(at: Instant, zone: string): string {
  return new Date(at + offsetMs(at, zone)).toISOString().slice(0, 16)
}

/** How far a zone is ahead of UTC. */
function offsetMs(at: Instant, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value)
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return there - Math.floor(at / 1000) * 1000
}

function orNull(at: number): Instant | null {
  return Number.isNaN(at) ? null : at
}
