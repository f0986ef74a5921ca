import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/** Issues of engineering's trackers, the releases that carry their fixes, and the escalations they are linked to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table engineering_issue (
      account_id bigint not null references account,
      tracker text not null,
      host text not null,
      key text not null,
      url text not null,
      title text,
      state text not null,
      at bigint not null,
      since bigint not null,
      by_name text,
      fixes text[] not null,
      carriers text[] not null,
      delivery_id text not null,
      updated_at bigint not null,
      primary key (account_id, tracker, host, key)
    );
    create index engineering_issue_fixes on engineering_issue using gin (fixes) where fixes <> '{}';
    create index engineering_issue_carriers on engineering_issue using gin (carriers) where carriers <> '{}';

    create table engineering_release (
      account_id bigint not null references account,
      tracker text not null,
      host text not null,
      release text not null,
      names text[] not null,
      at bigint not null,
      by_name text,
      delivery_id text not null,
      primary key (account_id, tracker, host, release)
    );
    create index engineering_release_names on engineering_release using gin (names);

    create table engineering_link (
      account_id bigint not null references account,
      tracker text not null,
      host text not null,
      key text not null,
      escalation_id text not null,
      ticket_id bigint not null,
      linked_at bigint not null,
      primary key (account_id, tracker, host, key, escalation_id)
    );

    create table engineering_delivery (
      account_id bigint not null references account,
      tracker text not null,
      delivery_id text not null,
      received_at bigint not null,
      primary key (account_id, tracker, delivery_id)
    );
    create index engineering_delivery_by_time on engineering_delivery (account_id, received_at);
  `.execute(db)
  for (const name of ['issue', 'release', 'link', 'delivery']) await keepApart(db, `engineering_${name}`)
}
