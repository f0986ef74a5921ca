import { type Kysely, sql } from 'kysely'

/** The tables of `schema.ts`. Instants are `bigint` milliseconds; every row belongs to an account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account (
      id bigint generated always as identity primary key,
      subdomain text not null unique,
      zendesk_url text not null,
      installation jsonb not null default '{}',
      created_at bigint not null
    );

    create table secret (
      account_id bigint not null references account,
      name text not null,
      ciphertext bytea not null,
      updated_at bigint not null,
      primary key (account_id, name)
    );

    create table policy_version (
      account_id bigint not null references account,
      version text not null,
      yaml text not null,
      author text not null,
      reason text not null,
      effective_at bigint not null,
      created_at bigint not null,
      primary key (account_id, version)
    );
    create index policy_version_by_time on policy_version (account_id, effective_at);

    -- No foreign keys: checking one for each row locks the account's row, and halves what can be accepted.
    create table inbox_delivery (
      account_id bigint not null,
      invocation_id text not null,
      ticket_id bigint not null,
      received_at bigint not null,
      primary key (account_id, invocation_id)
    );
    create table inbox_commit (
      account_id bigint not null,
      id bigint generated always as identity,
      ticket_ids bigint[] not null,
      primary key (account_id, id)
    );

    create table ticket (
      account_id bigint not null references account,
      ticket_id bigint not null,
      state jsonb not null,
      last_audit_id bigint not null,
      updated_at bigint not null,
      primary key (account_id, ticket_id)
    );

    create table escalation_number (
      account_id bigint not null references account,
      year integer not null,
      last integer not null,
      primary key (account_id, year)
    );

    create table escalation (
      account_id bigint not null references account,
      id text not null,
      ticket_id bigint not null,
      command_id text not null,
      stage text not null,
      tier integer not null,
      queue text not null,
      severity text not null,
      urgency integer not null,
      policy_version text not null,
      decision jsonb not null,
      requested_by bigint not null,
      requested_at bigint not null,
      respond_by bigint,
      primary key (account_id, id),
      unique (account_id, command_id)
    );
    create index escalation_by_ticket on escalation (account_id, ticket_id, requested_at);

    create table event (
      account_id bigint not null references account,
      id bigint generated always as identity,
      ticket_id bigint not null,
      escalation_id text,
      kind text not null,
      at bigint not null,
      by_id bigint,
      by_name text,
      audit_id bigint,
      data jsonb not null,
      recorded_at bigint not null,
      primary key (account_id, id)
    );
    create index event_by_ticket on event (account_id, ticket_id, id);

    create table effect (
      account_id bigint not null references account,
      id text not null,
      ticket_id bigint not null,
      escalation_id text,
      kind text not null,
      payload jsonb not null,
      state text not null check (state in ('pending', 'done', 'refused', 'failed')),
      attempts integer not null default 0,
      last_error text,
      created_at bigint not null,
      settled_at bigint,
      primary key (account_id, id)
    );
    create index effect_pending on effect (account_id, created_at) where state = 'pending';
    create index effect_by_ticket on effect (account_id, ticket_id);
  `.execute(db)
}
