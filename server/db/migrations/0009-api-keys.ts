import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** Keys of programs that use our own API, what they asked for in tickets, and lists of escalations by time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_key (
      account_id bigint not null references account,
      id text not null,
      name text not null,
      scopes text[] not null,
      hash bytea not null,
      created_at bigint not null,
      expires_at bigint,
      revoked_at bigint,
      last_used_at bigint,
      primary key (account_id, id)
    );
    -- What a key does is shown under its name, so a name in use means one key.
    create unique index api_key_by_name on api_key (account_id, name) where revoked_at is null;

    create table api_command (
      account_id bigint not null references account,
      id text not null,
      key_id text not null,
      label text not null,
      ticket_id bigint not null,
      idempotency_key text,
      request_hash bytea not null,
      after_audit_id bigint not null,
      leased_until bigint,
      audit_id bigint,
      created_at bigint not null,
      primary key (account_id, id)
    );
    create unique index api_command_once on api_command (account_id, key_id, idempotency_key)
      where idempotency_key is not null;

    create index escalation_by_time on escalation (account_id, requested_at, id);
  `.execute(db)
  for (const name of ['api_key', 'api_command']) await keepApart(db, name, 'select, insert, update')
}
