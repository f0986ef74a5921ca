import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** What happened to Zendesk's own clocks on the tickets Baton knows, to hold its figures beside ours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table metric_event (
      account_id bigint not null references account,
      id bigint not null,
      ticket_id bigint not null,
      at bigint not null,
      is_deleted boolean not null,
      event jsonb not null,
      read_at bigint not null,
      primary key (account_id, id)
    );
    create index metric_event_of_ticket on metric_event (account_id, ticket_id, at);
  `.execute(db)
  await keepApart(db, 'metric_event')
}
