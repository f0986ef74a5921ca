import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** Schedules with their history, what each escalation waits for, and the proof that timers work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table schedule_version (
      account_id bigint not null references account,
      id bigint generated always as identity,
      schedule_id text not null,
      effective_from bigint not null,
      source text not null check (source in ('policy', 'zendesk')),
      definition jsonb not null,
      created_at bigint not null,
      primary key (account_id, id),
      unique (account_id, schedule_id, effective_from)
    );

    -- No foreign key: checking one for each row would double the cost of a change of schedule.
    create table escalation_clocks (
      account_id bigint not null,
      escalation_id text not null,
      ticket_id bigint not null,
      next_due_at bigint,
      schedules text[] not null,
      countdowns text not null,
      schedules_as_of bigint not null,
      primary key (account_id, escalation_id)
    );
    create index escalation_due on escalation_clocks (account_id, next_due_at) where next_due_at is not null;

    create table watch (
      account_id bigint primary key references account,
      canary_due_at bigint,
      canary_fired_at bigint,
      canary_late_ms bigint,
      swept_at bigint,
      audited_at bigint,
      findings jsonb not null default '[]'
    );
  `.execute(db)
  for (const name of ['schedule_version', 'escalation_clocks', 'watch']) {
    await keepApart(db, name, name === 'schedule_version' ? 'select, insert' : 'select, insert, update, delete')
  }
}
