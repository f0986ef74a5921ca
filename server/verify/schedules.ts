import type { Instant } from '../../core/units.ts'
import type { ZendeskSchedules } from '../../core/verify/check-zendesk.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { calendarsFrom } from '../schedules/calendars.ts'
import { type KeptVersion, readVersions } from '../schedules/versions.ts'

/**
 * The schedules by which Zendesk may count: those that were read from it, else all that are known. Zendesk counts all
 * business time of a ticket by its schedule as it is today; each is there that way, and as it was while it was in force.
 */
export async function zendeskSchedules(tx: AccountTransaction, now: Instant): Promise<ZendeskSchedules> {
  const versions = await readVersions(tx)
  const theirs = versions.filter(({ source }) => source === 'zendesk')
  const known = theirs.length > 0 ? theirs : versions
  const latest = [...Map.groupBy(known, ({ schedule }) => schedule.id ?? '').values()].map((all) =>
    asAlways(all.at(-1)!),
  )
  return {
    ids: latest.flatMap(({ schedule }) => schedule.id ?? []),
    lastOnly: calendarsFrom(latest, now).calendarOf,
    inForce: calendarsFrom(known, now).calendarOf,
  }
}

function asAlways(version: KeptVersion): KeptVersion {
  return { ...version, schedule: { ...version.schedule, effectiveFrom: null } }
}
