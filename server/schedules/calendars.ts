import { type Calendar, calendarTime, createCalendar } from '../../core/clock/calendar.ts'
import { createScheduleHistory } from '../../core/clock/history.ts'
import type { CalendarOf } from '../../core/clock/sla.ts'
import { type Clock, DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { type KeptVersion, lastVersion, readVersions } from './versions.ts'

/** The schedules of an account as of one version. */
export type AccountCalendars = {
  /** By the id in the policy. One that is not known counts every hour. */
  calendarOf: CalendarOf
  /** The last `schedule_version.id` they were built from; 0 for none. */
  asOf: number
  /** What people call the schedule; null for one that is not known. */
  nameOf(schedule: string): string | null
  /** The id of its latest version; null for one that is not known. */
  versionOf(schedule: string): number | null
}

export type Calendars = { of(accountId: number): Promise<AccountCalendars> }

/** Opens the schedules of accounts as calendars; those of an account are built anew when one of them has changed. */
export function createCalendars(db: Database, clock: Clock = Date): Calendars {
  const known = new Map<number, AccountCalendars>()
  return { of }

  async function of(accountId: number): Promise<AccountCalendars> {
    return inAccount(db, accountId, async (tx) => {
      const kept = known.get(accountId)
      if (kept && kept.asOf === ((await lastVersion(tx))?.id ?? 0)) return kept
      const made = calendarsFrom(await readVersions(tx), clock.now())
      known.set(accountId, made)
      return made
    })
  }
}

/** Most deadlines lie within; a calendar that is asked about more grows by itself. */
const AROUND_MS = 400 * DAY_MS

/** Calendars of these versions, each laid out when it is first asked for. */
export function calendarsFrom(versions: readonly KeptVersion[], now: Instant): AccountCalendars {
  const bySchedule = Map.groupBy(versions, ({ schedule }) => schedule.id ?? '')
  const calendars = new Map<string, Calendar>()
  return {
    calendarOf,
    asOf: Math.max(0, ...versions.map(({ id }) => id)),
    nameOf: (schedule) => bySchedule.get(schedule)?.at(-1)?.schedule.name ?? null,
    versionOf: (schedule) => bySchedule.get(schedule)?.at(-1)?.id ?? null,
  }

  function calendarOf(id: string): Calendar {
    let calendar = calendars.get(id)
    if (!calendar) {
      calendar = layOut((bySchedule.get(id) ?? []).map(({ schedule }) => schedule))
      calendars.set(id, calendar)
    }
    return calendar
  }

  function layOut(schedules: KeptVersion['schedule'][]): Calendar {
    if (schedules.length === 0) return calendarTime
    const read = createScheduleHistory(schedules)
    // The database holds no two versions of one instant.
    if (!read.ok) throw new Error(read.problems[0]!.message)
    return createCalendar(read.history, { from: now - AROUND_MS, to: now + AROUND_MS })
  }
}
