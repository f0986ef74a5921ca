import { type Kysely, sql } from 'kysely'

/** What the application may do with the rows of a table. */
type Rights = 'select, insert' | 'select, insert, update' | 'select, insert, update, delete'

/**
 * Keeps the rows of a table apart by account, also for its owner, and lets the application's role at them. A transaction
 * names its account in `baton.account_id`; one that names none gets an error, not an empty answer.
 */
export async function keepApart(
  db: Kysely<unknown>,
  name: string,
  rights: Rights = 'select, insert, update, delete',
): Promise<void> {
  const table = sql.table(name)
  await sql`
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy own_account on ${table} using (account_id = current_setting('baton.account_id')::bigint);
    grant ${sql.raw(rights)} on ${table} to baton_app;
  `.execute(db)
}
