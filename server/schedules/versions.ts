import type { Schedule } from '../../core/clock/schedule.ts'
import { EARLIEST } from '../../core/clock/zones.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** A version of a schedule as it is kept. */
export type KeptVersion = {
  /** Counts up over all schedules of the account, in the order they were committed. */
  id: number
  source: 'policy' | 'zendesk'
  /** Zendesk's id of it, by which a rename there is told from a removal; null for the policy's own. */
  zendeskId: string | null
  /** Its `id` is that of the policy. */
  schedule: Schedule
  createdAt: Instant
}

/** What is stored of a schedule; its id and instant have columns of their own. */
export type Definition = Pick<Schedule, 'name' | 'timezone' | 'week' | 'holidays'> & { zendeskId: string | null }

/** The first version of a schedule counts from here: nothing is known of what it was before. */
export const ALWAYS: Instant = EARLIEST

/** Every version of every schedule, oldest first. */
export async function readVersions(tx: AccountTransaction): Promise<KeptVersion[]> {
  const rows = await tx.selectFrom('schedule_version').selectAll().orderBy('id').execute()
  return rows.map((row) => {
    const { name, timezone, week, holidays, zendeskId } = row.definition as Definition
    const effectiveFrom = row.effective_from === ALWAYS ? null : row.effective_from
    return {
      id: row.id,
      source: row.source,
      zendeskId,
      schedule: { id: row.schedule_id, name, timezone, week, holidays, effectiveFrom },
      createdAt: row.created_at,
    }
  })
}

/** The version that was made last; null when the account has none. */
export async function lastVersion(tx: AccountTransaction): Promise<{ id: number; createdAt: Instant } | null> {
  const row = await tx
    .selectFrom('schedule_version')
    .select(['id', 'created_at as createdAt'])
    .orderBy('account_id', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
