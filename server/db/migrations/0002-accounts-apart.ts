import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

const TABLES = [
  'secret',
  'policy_version',
  'inbox_delivery',
  'inbox_commit',
  'ticket',
  'escalation_number',
  'escalation',
  'event',
  'effect',
]

/**
 * Row level security on every table, also for their owner, and what the application's role may do.
 *
 * A transaction names its account in `baton.account_id`; one that names none gets an error, not an empty answer.
 * The account itself may also be found by whoever knows its subdomain, which is how a request finds its account.
 * The record of events can be added to, never altered.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of TABLES) {
    await keepApart(db, name, name === 'event' ? 'select, insert' : 'select, insert, update, delete')
  }
  await sql`
    alter table account enable row level security;
    alter table account force row level security;
    create policy own_account on account
      using (id = nullif(current_setting('baton.account_id', true), '')::bigint)
      with check (id = nullif(current_setting('baton.account_id', true), '')::bigint);
    create policy named_account on account
      using (subdomain = nullif(current_setting('baton.subdomain', true), ''))
      with check (subdomain = nullif(current_setting('baton.subdomain', true), ''));
    grant select, insert, update on account to baton_app;
    grant usage on schema public to baton_app;
  `.execute(db)
}
