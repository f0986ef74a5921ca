import { type Calendar, createCalendar } from '../../core/clock/calendar.ts'
import { localDate } from '../../core/clock/local-date.ts'
import { offsetAt } from '../../core/clock/zones.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { ListedSchedule, ScheduleList } from '../schedules/list.ts'
import { table } from './table.ts'

const AHEAD_DAYS = 60
/** Longer than any closing season. */
const FAR_MS = 370 * DAY_MS

/** What `baton schedules` prints. Times are in the zone of each schedule. */
export function describeSchedules({ schedules, readAt }: ScheduleList, now: Instant): string {
  if (schedules.length === 0) return 'The policy has no schedules: every hour counts.'
  const rows = schedules.map((one) => rowOf(one, now))
  const holidays = schedules.flatMap((one) => holidaysOf(one, now))
  const troubles = schedules.flatMap(({ id, trouble }) => (trouble === null ? [] : [`${id}: ${trouble}`]))
  const usesZendesk = schedules.some(({ from }) => from?.from === 'zendesk')
  return [
    table(['ID', 'NAME', 'FROM', 'ZONE', 'VERSIONS', 'COUNTS SINCE', 'NOW', 'NEXT'], rows),
    ...(holidays.length > 0 ? [table(['HOLIDAY', 'SCHEDULE', `IN THE NEXT ${AHEAD_DAYS} DAYS`], holidays)] : []),
    ...(troubles.length > 0 ? [troubles.join('\n')] : []),
    ...(usesZendesk
      ? [readAt === null ? 'Zendesk’s schedules were not read yet.' : `Zendesk’s were last read at ${utc(readAt)}.`]
      : []),
  ].join('\n\n')
}

function rowOf({ id, from, versions }: ListedSchedule, now: Instant): string[] {
  const version = versions.at(-1)
  if (!version) return [id, from?.name ?? id, sourceOf(from), '-', '0', '-', 'every hour counts', '']
  const { name, timezone, effectiveFrom } = version.schedule
  const history = { versions: versions.map(({ schedule }) => schedule) }
  const calendar = createCalendar(history, { from: now - DAY_MS, to: now + AHEAD_DAYS * DAY_MS })
  const since = effectiveFrom === null ? 'always' : local(timezone, effectiveFrom)
  const [state, next] = openness(calendar, timezone, now)
  return [id, name ?? id, sourceOf(from), timezone, String(versions.length), since, state, next]
}

function sourceOf(from: ListedSchedule['from']): string {
  if (from === null) return 'not in the policy any more'
  if (from.from === 'policy') return 'policy'
  return from.zendeskName === null ? 'Zendesk, default' : `Zendesk, ${from.zendeskName}`
}

function openness(calendar: Calendar, timezone: string, now: Instant): [state: string, next: string] {
  if (calendar.isOpen(now)) {
    const closed = calendar.stretches(now, now + FAR_MS).find(({ isOpen }) => !isOpen)
    return ['open', closed ? `closes ${local(timezone, closed.from)}` : 'never closes']
  }
  const opens = calendar.stretches(now, now + FAR_MS).find(({ isOpen }) => isOpen)
  return ['closed', opens ? `opens ${local(timezone, opens.from)}` : 'does not open within a year']
}

function holidaysOf({ id, versions }: ListedSchedule, now: Instant): string[][] {
  const version = versions.at(-1)
  if (!version) return []
  const { timezone, holidays } = version.schedule
  const today = dateAt(timezone, now)
  const last = dateAt(timezone, now + AHEAD_DAYS * DAY_MS)
  return holidays
    .filter(({ from, to }) => to >= today && from <= last)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, to, name }) => [name, id, from === to ? from : `${from} to ${to}`])
}

function dateAt(timezone: string, at: Instant): string {
  return localDate(Math.floor((at + offsetAt(timezone, at)) / DAY_MS))
}

function local(timezone: string, at: Instant): string {
  return new Date(at + offsetAt(timezone, at)).toISOString().slice(0, 16).replace('T', ' ')
}

function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}
