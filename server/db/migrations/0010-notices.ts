import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** What people are told, with what became of it, and the threads it was told in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notice (
      account_id bigint not null references account,
      id text not null,
      seq bigint generated always as identity,
      ticket_id bigint not null,
      escalation_id text not null,
      lane text not null,
      kind text not null,
      channel text not null,
      recipient text not null,
      urgency text not null,
      state text not null check (state in ('queued', 'sent', 'accepted', 'failed', 'suppressed')),
      why text,
      attempts int not null default 0,
      batch text,
      parts int not null default 0,
      external_id text,
      notice jsonb not null,
      not_before bigint,
      created_at bigint not null,
      tried_at bigint,
      settled_at bigint,
      primary key (account_id, id)
    );
    create index notice_waiting on notice (account_id, lane, seq) where state in ('queued', 'sent');
    create index notice_of_escalation on notice (account_id, escalation_id, seq);
    create index notice_of_ticket on notice (account_id, ticket_id, seq);

    create table notice_thread (
      account_id bigint not null references account,
      lane text not null,
      place text not null,
      ts text not null,
      card text not null,
      primary key (account_id, lane)
    );
  `.execute(db)
  for (const name of ['notice', 'notice_thread']) await keepApart(db, name)
}
