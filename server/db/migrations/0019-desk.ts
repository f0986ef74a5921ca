import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** Tokens with which Zendesk opened the page, so that each opens it once, whichever server it reaches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table desk_sign_in (
      account_id bigint not null references account,
      token_hash text not null,
      expires_at bigint not null,
      primary key (account_id, token_hash)
    );
    create index desk_sign_in_expired on desk_sign_in (account_id, expires_at);
  `.execute(db)
  await keepApart(db, 'desk_sign_in')
}
