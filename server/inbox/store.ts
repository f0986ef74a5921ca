import type pg from 'pg'
import type { Instant } from '../../core/units.ts'
import type { Delivery } from './delivery.ts'

/**
 * The deliveries, and the row by which they are dispatched, in one statement: one round trip and one transaction. The
 * account is entered while the rows are made, which is before row level security looks at them.
 */
const STORE = `
  with stored as (
    insert into inbox_delivery (account_id, invocation_id, ticket_id, received_at)
    select (select set_config('baton.account_id', $1, true))::bigint, invocation_id, ticket_id, $2::bigint
    from unnest($3::text[], $4::bigint[]) as delivery (invocation_id, ticket_id)
    on conflict do nothing
    returning invocation_id, ticket_id
  ), undispatched as (
    insert into inbox_commit (account_id, ticket_ids)
    select $1::bigint, array_agg(distinct ticket_id) from stored having count(*) > 0
  )
  select invocation_id as id from stored`

/**
 * Stores what is not stored yet; answers the invocation ids of those. The statement has a name, so that each connection
 * plans it once, which is half of its price.
 */
export async function storeDeliveries(
  pool: Pick<pg.Pool, 'query'>,
  accountId: number,
  deliveries: Delivery[],
  now: Instant,
): Promise<Set<string>> {
  // In one order, so that two writers never wait for each other in a circle.
  const inOrder = deliveries.toSorted((a, b) => (a.invocationId < b.invocationId ? -1 : 1))
  const invocationIds = inOrder.map(({ invocationId }) => invocationId)
  const ticketIds = inOrder.map(({ ticketId }) => ticketId)
  const values = [String(accountId), now, invocationIds, ticketIds]
  const { rows } = await pool.query<{ id: string }>({ name: 'store-deliveries', text: STORE, values })
  return new Set(rows.map(({ id }) => id))
}
