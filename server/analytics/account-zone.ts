import type { Policy } from '../../core/policy/policy.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** The zone whose weeks are kept added up: that of the first tier's schedule, else of any, else UTC. */
export async function accountZone(tx: AccountTransaction, { tiers, schedules }: Policy): Promise<string> {
  const id = tiers.find(({ schedule }) => schedule !== null)?.schedule ?? schedules[0]?.id
  if (id === undefined) return 'UTC'
  const row = await tx
    .selectFrom('schedule_version')
    .select('definition')
    .where('schedule_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.definition as { timezone?: string } | undefined)?.timezone ?? 'UTC'
}
