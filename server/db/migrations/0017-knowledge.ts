import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/**
 * Drafts of articles and what became of them; articles that are owed; what auditors said of escalations that were drawn at
 * random. No foreign keys to `escalation`: a record is built anew under them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table article_draft (
      account_id bigint not null references account,
      escalation_id text not null,
      form text not null check (form in ('article', 'runbook')),
      ticket_id bigint not null,
      asked_by text not null,
      asked_at bigint not null,
      standing text not null check (standing in ('wanted', 'refused', 'draft', 'published', 'gone')),
      trouble text,
      article_id bigint,
      title text,
      url text,
      locale text,
      written_at bigint,
      published_at bigint,
      looked_at bigint,
      primary key (account_id, escalation_id, form)
    );
    create index article_draft_by_article on article_draft (account_id, article_id) where article_id is not null;
    create index article_draft_unpublished on article_draft (account_id, looked_at) where standing = 'draft';

    create table article_debt (
      account_id bigint not null references account,
      escalation_id text not null,
      ticket_id bigint not null,
      why text not null check (why in ('drafted', 'called-for', 'unsaid')),
      owner text,
      since bigint not null,
      due_at bigint not null,
      settled_at bigint,
      settled_how text check (settled_how in ('published', 'linked', 'not-needed')),
      settled_by text,
      article_url text,
      reason text,
      primary key (account_id, escalation_id)
    );
    create index article_debt_open on article_debt (account_id, due_at) where settled_at is null;

    create table deflection_audit (
      account_id bigint not null references account,
      month text not null,
      escalation_id text not null,
      verdict text not null check (verdict in ('lower', 'not-lower', 'unclear')),
      by_name text not null,
      at bigint not null,
      primary key (account_id, month, escalation_id)
    );
  `.execute(db)
  for (const name of ['article_draft', 'article_debt', 'deflection_audit']) await keepApart(db, name)
}
