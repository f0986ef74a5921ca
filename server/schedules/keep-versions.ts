import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { ALWAYS, type Definition, type KeptVersion, readVersions } from './versions.ts'

/** A schedule of the policy as its source has it now. */
export type ReadSchedule = { id: string; source: KeptVersion['source']; definition: Definition }

/**
 * Makes a new version of every schedule that is not what it was, counting from `now` on; the first one of a schedule
 * counts from always. What was counted before stays.
 *
 * Versions of an account are made one transaction after the other, so that whoever sees an id sees all before it.
 *
 * @returns ids of the schedules that changed
 */
export async function keepVersions(
  tx: AccountTransaction,
  accountId: number,
  schedules: readonly ReadSchedule[],
  now: Instant,
): Promise<string[]> {
  if (schedules.length === 0) return []
  await lockSchedules(tx, accountId)
  const made = newVersions(await readVersions(tx), schedules, now)
  if (made.length === 0) return []
  const rows = made.map(({ source, zendeskId, schedule: { id, name, timezone, week, holidays, effectiveFrom } }) => ({
    account_id: accountId,
    schedule_id: id!,
    effective_from: effectiveFrom ?? ALWAYS,
    source,
    definition: JSON.stringify({ name, timezone, week, holidays, zendeskId } satisfies Definition),
    created_at: now,
  }))
  await tx.insertInto('schedule_version').values(rows).execute()
  return rows.map((row) => row.schedule_id)
}

/** What `keepVersions` would make of the schedules, numbered on from those that are kept. */
export function newVersions(
  kept: readonly KeptVersion[],
  schedules: readonly ReadSchedule[],
  now: Instant,
): KeptVersion[] {
  const latest = new Map(kept.map((version) => [version.schedule.id, version]))
  const lastId = Math.max(0, ...kept.map(({ id }) => id))
  return schedules
    .filter((read) => !isAsKept(read, latest.get(read.id)))
    .map(({ id, source, definition: { zendeskId, ...hours } }, index) => {
      const schedule = { id, ...hours, effectiveFrom: beginsAt(latest.get(id), now) }
      return { id: lastId + 1 + index, source, zendeskId, schedule, createdAt: now }
    })
}

/** Until the transaction ends nobody else makes a version. */
export async function lockSchedules(tx: AccountTransaction, accountId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('schedules'), ${accountId})`.execute(tx)
}

/** Two versions of one instant keep their order. */
function beginsAt(before: KeptVersion | undefined, now: Instant): Instant | null {
  if (!before) return null
  return Math.max(now, (before.schedule.effectiveFrom ?? ALWAYS) + 1)
}

function isAsKept({ source, definition }: ReadSchedule, kept: KeptVersion | undefined): boolean {
  if (!kept || kept.source !== source) return false
  const { name, timezone, week, holidays } = kept.schedule
  return said(definition) === said({ name, timezone, week, holidays, zendeskId: kept.zendeskId })
}

/** The order in which a database or Zendesk names things says nothing. */
function said({ name, timezone, week, holidays, zendeskId }: Definition): string {
  const days = holidays.map(({ from, to, name: called }) => [from, to, called].join(' ')).sort()
  const hours = week.map((spans) => spans.map(({ from, to }) => [from, to]))
  return JSON.stringify([name, timezone, hours, days, zendeskId])
}
