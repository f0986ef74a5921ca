import { WEEKDAYS } from '../clock/schedule-input.ts'
import { readZoneName } from '../clock/zone-name.ts'
import { nearest } from '../nearest.ts'
import { firstGap } from '../oncall/cover.ts'
import type { Email, Hours, Layer, Override, Rotation, Schedule, WallTime } from '../oncall/schedule.ts'
import { instantOf, offsetsAround, writeLocal } from '../oncall/wall-time.ts'
import { DAY_MS, type Instant, MINUTE_MS, type Minutes } from '../units.ts'
import type { LayerEntry, ScheduleEntry } from './on-call-schema.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'

const DEFAULT_HAND_OVER = '09:00'

export function resolveSchedule(entry: ScheduleEntry, path: Path, known: readonly Email[], report: Report): Schedule {
  const before = report.problems.length
  const own = resolveZone(entry.zone, [...path, 'zone'], report)
  const zone = own ?? 'UTC'
  const ids = new Set<string>()
  const layers = entry.layers.map((layer, index): Layer => {
    const here = [...path, 'layers', index]
    if (ids.has(layer.id)) report.refuse([...here, 'id'], `The layer "${layer.id}" is given twice`)
    ids.add(layer.id)
    layer.participants.forEach((email, at) => {
      checkPerson(email, [...here, 'participants', at], known, report)
    })
    return {
      id: layer.id,
      zone: layer.zone === undefined ? zone : (resolveZone(layer.zone, [...here, 'zone'], report) ?? zone),
      participants: layer.participants,
      rotation: rotationOf(layer.rotation ?? 'weekly'),
      startsAt: wallOf(layer.starts) + minutesOf(layer.hand_over ?? DEFAULT_HAND_OVER) * MINUTE_MS,
      hours: (layer.hours ?? []).map((hours, at) => resolveHours(hours, [...here, 'hours', at], report)),
    }
  })
  const schedule: Schedule = {
    id: entry.id,
    name: entry.name ?? entry.id,
    zone,
    layers,
    // Their local times mean nothing while the zone is not known.
    overrides: own === null ? [] : resolveOverrides(entry, own, path, known, report),
  }
  const gap = report.problems.length === before ? firstGap(schedule) : null
  if (gap) {
    const [from, to] = [gap.from, gap.to].map((instant) => writeLocal(zone, instant))
    report.warn([...path, 'layers'], `Hours without cover: nobody is on call from ${from} to ${to} (${zone})`)
  }
  return schedule
}

function resolveZone(name: string, path: Path, report: Report): string | null {
  const read = readZoneName(name)
  if (read.ok) return read.zone
  report.refuse(path, read.message)
  return null
}

function resolveHours({ days, from, to }: NonNullable<LayerEntry['hours']>[number], path: Path, report: Report): Hours {
  const opens = from === undefined ? 0 : minutesOf(from)
  const closes = to === undefined ? 24 * 60 : minutesOf(to)
  if (opens === closes) report.refuse(path, '"from" and "to" are the same; leave both out for the whole day')
  return { days: days ?? WEEKDAYS, from: opens, until: closes > opens ? closes : closes + 24 * 60 }
}

function resolveOverrides(
  { overrides = [] }: ScheduleEntry,
  zone: string,
  path: Path,
  known: readonly Email[],
  report: Report,
): Override[] {
  const resolved = overrides.map(({ from, to, person }, index): Override => {
    const here = [...path, 'overrides', index]
    checkPerson(person, [...here, 'person'], known, report)
    const override = { from: momentOf(from, zone), to: momentOf(to, zone), person }
    if (override.to <= override.from) report.refuse([...here, 'to'], 'An override must end after it begins')
    return override
  })
  const order = resolved.map((override, index) => ({ ...override, index })).sort((a, b) => a.from - b.from)
  let last = order[0]
  for (const override of order.slice(1)) {
    if (last && override.from < last.to) {
      const [first, second] = [last.index, override.index].sort((a, b) => a - b)
      report.refuse(
        [...path, 'overrides', second!],
        `Overlaps override ${first! + 1}; only one person can have the same hours`,
      )
    }
    if (!last || override.to > last.to) last = override
  }
  return resolved
}

/** Refuses somebody who is not among the people: a misspelt address would reach nobody. */
export function checkPerson(email: string, path: Path, known: readonly Email[], report: Report): void {
  if (known.includes(email)) return
  // Only so many problems are shown; a file of nothing but unknown people must not take its time.
  const meant = report.problems.length < 100 ? nearestPerson(email, known) : null
  report.refuse(path, `"${email}" is not among the people of on_call`, meant)
}

/** By what stands before the @: colleagues share the rest, which would make them all look alike. */
function nearestPerson(email: string, known: readonly Email[]): Email | null {
  const meant = nearest(nameIn(email), known.map(nameIn))
  return known.find((candidate) => nameIn(candidate) === meant) ?? null
}

function nameIn(email: Email): string {
  return email.slice(0, email.lastIndexOf('@'))
}

function rotationOf(text: string): Rotation {
  if (text === 'daily') return { unit: 'days', length: 1 }
  return text === 'weekly' ? { unit: 'days', length: 7 } : { unit: 'hours', length: Number(text.slice(0, -1)) }
}

/** Minutes from midnight of `9:00`, `24:00`. */
function minutesOf(time: string): Minutes {
  const [hour, minute] = time.split(':').map(Number)
  return hour! * 60 + minute!
}

function wallOf(date: string): WallTime {
  return Date.parse(`${date}T00:00:00Z`)
}

/** An instant as it is, a local time by the wall of `zone`. */
function momentOf(text: string, zone: string): Instant {
  const iso = text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')
  if (/(Z|[+-]\d\d:\d\d)$/.test(iso)) return Date.parse(iso)
  const wall = Date.parse(`${iso}Z`)
  return instantOf(offsetsAround(zone, wall - DAY_MS, wall + DAY_MS), wall)
}
