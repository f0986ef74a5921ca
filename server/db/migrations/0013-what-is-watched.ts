import { type Kysely, sql } from 'kysely'

/**
 * What the health page counts and what is forgotten is found without reading whole tables. Deliveries are stored in the order of
 * time, for which a BRIN index is enough; it costs the webhook nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index inbox_delivery_by_time on inbox_delivery using brin (received_at) with (autosummarize = on);
    create index notice_by_outcome on notice (account_id, state, settled_at) where state <> 'accepted';
    create index notice_by_age on notice (account_id, settled_at) where settled_at is not null;
  `.execute(db)
}
