import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/**
 * What reading the whole account needs beside its rows: how far each export is and what is left of it, the calls that all
 * exports share, and what the daily reconcile found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sync_cursor
      add column began_at bigint,
      add column until_at bigint,
      add column done_at bigint,
      add column next_at bigint,
      add column page_size int,
      add column pages int not null default 0,
      add column kept bigint not null default 0;
    create table export_limit (
      account_id bigint primary key references account,
      per_minute int not null,
      stopped_until bigint not null
    );
    create table export_call (
      account_id bigint not null references account,
      at bigint not null,
      export text not null,
      calls int not null,
      primary key (account_id, at, export)
    );
    create table reconcile_pass (
      account_id bigint not null references account,
      at bigint not null,
      missed int not null,
      gone int not null,
      differing int not null,
      primary key (account_id, at)
    );
    create index zendesk_ticket_ours on zendesk_ticket (account_id, updated_at) where tags @> array['baton'];
  `.execute(db)
  for (const name of ['export_limit', 'export_call', 'reconcile_pass']) await keepApart(db, name)
}
