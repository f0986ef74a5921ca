import { type Kysely, sql } from 'kysely'

/**
 * Up to when each ticket was read, so that one look at Zendesk tells which of many have changed since; and a way through
 * the escalations that are open which does not pass all those that are over.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table ticket add column seen_at bigint;
    create index escalation_open on escalation (account_id, id) where stage not in ('closed', 'rejected');
  `.execute(db)
}
