import { type Kysely, sql } from 'kysely'

/** How far each of Zendesk's exports was read; apart by account like every other table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sync_cursor (
      account_id bigint not null references account,
      export text not null,
      start_at bigint not null,
      cursor text,
      current_at bigint,
      trouble text,
      primary key (account_id, export)
    );
    alter table sync_cursor enable row level security;
    alter table sync_cursor force row level security;
    create policy own_account on sync_cursor using (account_id = current_setting('baton.account_id')::bigint);
    grant select, insert, update, delete on sync_cursor to baton_app;
  `.execute(db)
}
