import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** Reviews that are held, what was on them and what was decided; major incidents and the tickets in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table review (
      account_id bigint not null references account,
      kind text not null check (kind in ('weekly', 'post')),
      subject text not null,
      held_at bigint not null,
      due_at bigint,
      answers jsonb,
      done_at bigint,
      done_by text,
      primary key (account_id, kind, subject)
    );

    create table review_item (
      account_id bigint not null,
      kind text not null,
      subject text not null,
      escalation_id text not null,
      item jsonb not null,
      decision text,
      note text,
      decided_by text,
      decided_at bigint,
      primary key (account_id, kind, subject, escalation_id),
      foreign key (account_id, kind, subject) references review on delete cascade
    );

    create table incident_number (
      account_id bigint not null references account,
      year int not null,
      last int not null,
      primary key (account_id, year)
    );

    create table incident (
      account_id bigint not null references account,
      id text not null,
      title text not null,
      component text not null,
      severity text not null,
      bridge_url text,
      problem_ticket_id bigint,
      opened_at bigint not null,
      opened_by text not null,
      closed_at bigint,
      closed_by text,
      closing text,
      primary key (account_id, id)
    );
    create index incident_open on incident (account_id, component, opened_at) where closed_at is null;

    create table incident_ticket (
      account_id bigint not null,
      ticket_id bigint not null,
      incident_id text not null,
      escalation_id text not null,
      linked_at bigint not null,
      linked_by text not null,
      unlinked_at bigint,
      unlinked_by text,
      primary key (account_id, incident_id, ticket_id),
      foreign key (account_id, incident_id) references incident
    );
    -- A ticket is in one incident at a time.
    create unique index incident_of_ticket on incident_ticket (account_id, ticket_id) where unlinked_at is null;

    create table incident_update (
      account_id bigint not null,
      incident_id text not null,
      number int not null,
      text text not null,
      to_customers boolean not null,
      by_name text not null,
      at bigint not null,
      primary key (account_id, incident_id, number),
      foreign key (account_id, incident_id) references incident
    );
  `.execute(db)
  for (const name of ['review', 'review_item', 'incident_number', 'incident', 'incident_ticket', 'incident_update'])
    await keepApart(db, name)
}
