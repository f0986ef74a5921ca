import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

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
  `.execute(db)
  await keepApart(db, 'sync_cursor')
}
