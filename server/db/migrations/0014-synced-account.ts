import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

const PARTS = 16

/**
 * What Zendesk's exports tell of the whole account: tickets, their history, people, organisations, articles.
 *
 * The history is the one table that grows by ten to fifteen rows a ticket. Nearly every question to it is about one ticket,
 * so it lies in sixteen parts by ticket, whose indexes stay small; they stand in a schema where nobody may look, so that the
 * only way to a row is past the rule that keeps accounts apart. It is written in the order of time, for which a BRIN index is
 * enough. No foreign keys: checking one for each row doubles the cost of a back-fill; row level security lets nobody write
 * a row of another account.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table zendesk_ticket (
      account_id bigint not null,
      ticket_id bigint not null,
      created_at bigint not null,
      updated_at bigint not null,
      generated_at bigint not null,
      subject text not null,
      status text not null,
      priority text,
      type text,
      channel text not null,
      group_id bigint,
      assignee_id bigint,
      requester_id bigint,
      submitter_id bigint,
      organization_id bigint,
      brand_id bigint,
      form_id bigint,
      problem_id bigint,
      followup_of bigint,
      tags text[] not null,
      fields jsonb not null,
      solved_at bigint,
      reopens int,
      replies int,
      standing text not null check (standing in ('live', 'deleted', 'scrubbed', 'merged')),
      read_at bigint not null,
      primary key (account_id, ticket_id)
    );
    create index zendesk_ticket_by_creation on zendesk_ticket (account_id, created_at);
    create index zendesk_ticket_followups on zendesk_ticket (account_id, followup_of) where followup_of is not null;

    create table ticket_change (
      account_id bigint not null,
      ticket_id bigint not null,
      at bigint not null,
      audit_id bigint not null,
      part int not null,
      field text not null,
      value text,
      previous text,
      by_id bigint,
      rule_id bigint,
      primary key (account_id, ticket_id, audit_id, part)
    ) partition by hash (ticket_id);
    create index ticket_change_by_time on ticket_change using brin (at);

    create table zendesk_user (
      account_id bigint not null,
      user_id bigint not null,
      name text not null,
      role text not null,
      is_active boolean not null,
      organization_id bigint,
      default_group_id bigint,
      updated_at bigint not null,
      read_at bigint not null,
      primary key (account_id, user_id)
    );
    create table zendesk_user_role (
      account_id bigint not null,
      user_id bigint not null,
      since bigint not null,
      role text not null,
      primary key (account_id, user_id, since)
    );
    create table zendesk_organization (
      account_id bigint not null,
      organization_id bigint not null,
      name text not null,
      fields jsonb not null,
      is_deleted boolean not null,
      updated_at bigint not null,
      read_at bigint not null,
      primary key (account_id, organization_id)
    );
    create table zendesk_article (
      account_id bigint not null,
      article_id bigint not null,
      title text not null,
      url text not null,
      locale text not null,
      section_id bigint,
      is_draft boolean not null,
      labels text[] not null,
      created_at bigint not null,
      updated_at bigint not null,
      is_gone boolean not null,
      read_at bigint not null,
      primary key (account_id, article_id)
    );
    create table zendesk_group (
      account_id bigint not null,
      group_id bigint not null,
      name text not null,
      is_deleted boolean not null,
      read_at bigint not null,
      primary key (account_id, group_id)
    );
  `.execute(db)
  await sql`create schema history`.execute(db)
  for (let remainder = 0; remainder < PARTS; remainder++) {
    await sql`
      create table ${sql.table(`history.ticket_change_${remainder}`)} partition of ticket_change
      for values with (modulus ${sql.lit(PARTS)}, remainder ${sql.lit(remainder)})`.execute(db)
  }
  const tables = ['ticket', 'user', 'user_role', 'organization', 'article', 'group'].map((name) => `zendesk_${name}`)
  for (const name of [...tables, 'ticket_change']) await keepApart(db, name)
}
