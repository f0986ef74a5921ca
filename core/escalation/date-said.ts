import { DAY_MS, type Instant } from '../units.ts'
import type { Objection } from './standing.ts'
import { writeInstant } from './write-instant.ts'

const DAY = /^(\d{4}-\d{2}-\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})$/

/**
 * Reads a date that somebody wrote: ISO 8601 with its zone, or a day, which lasts until its end in UTC. One that has
 * passed by the time it was written is none.
 *
 * @returns null when nothing was written
 */
export function readWhen(text: string, saidAt: Instant, what: string): Instant | Objection | null {
  const written = text.trim()
  if (written === '') return null
  const at = parseWhen(written)
  if (at === null) {
    return {
      reason: 'bad-date',
      detail: `${what} is not a date Baton can read: “${written.slice(0, 60)}”. Write 2026-03-06 or 2026-03-06 15:40 UTC.`,
    }
  }
  if (at > saidAt) return at
  return { reason: 'past-date', detail: `${what}, ${writeInstant(at)}, has passed already. Name one to come.` }
}

function parseWhen(text: string): Instant | null {
  const day = DAY.exec(text)?.[1]
  if (day !== undefined) return valid(Date.parse(`${day}T00:00:00Z`), day, DAY_MS - 1)
  const [, date, time, zone] = INSTANT.exec(text) ?? []
  if (date === undefined || time === undefined || zone === undefined) return null
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  if (valid(Date.parse(`${date}T00:00:00Z`), date, 0) === null) return null
  const at = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(at) ? null : at
}

/** There is no 31 February, whatever a parser makes of it. */
function valid(at: Instant, day: string, more: number): Instant | null {
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(day)) return null
  return at + more
}
