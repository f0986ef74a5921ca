import { sql } from 'kysely'
import type { PressureCase, PressureRecord } from '../../core/pressure/case.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Roles of a policy above those who lead a team. */
const LEADERS = '(^|_)(director|vp|executive|ceo|coo|cto|cfo)s?$'

/** What the record says of the escalations of these tickets: which leaders were told of, and their breaches. */
export async function pressureRecords(
  tx: AccountTransaction,
  ticketIds: readonly number[],
): Promise<(escalationId: string) => PressureRecord> {
  const wanted = sql<number>`any(${ticketIds}::bigint[])`
  const told = await tx
    .selectFrom('notice')
    .select('escalation_id')
    .distinct()
    .where('ticket_id', '=', wanted)
    .where('state', '<>', 'suppressed')
    .where(
      sql<boolean>`exists (
        select from jsonb_array_elements(notice -> 'recipients') as one where one ->> 'role' ~* ${LEADERS})`,
    )
    .execute()
  const breached = await tx
    .selectFrom('event')
    .select(['escalation_id', 'at'])
    .select(sql<string>`data ->> 'clock'`.as('clock'))
    .where('ticket_id', '=', wanted)
    .where('kind', '=', 'clock-breached')
    .where('escalation_id', 'is not', null)
    .execute()
  const leaders = new Set(told.map(({ escalation_id }) => escalation_id))
  const breaches = Map.groupBy(breached, ({ escalation_id }) => escalation_id!)
  return (id) => ({ leadersTold: leaders.has(id), breaches: (breaches.get(id) ?? []).map(breachOf) })
}

function breachOf({ clock, at }: { clock: string; at: Instant }): PressureCase['breaches'][number] {
  return { clock: clock.replaceAll('-', ' '), at }
}
