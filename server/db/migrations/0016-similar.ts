import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

/**
 * Resolved escalations as others are likened to them, and what agents say of what they were shown.
 *
 * Each change of a case takes the next number of its account, whose row stays locked until that is committed: whoever has
 * read up to a number has missed nothing before it. No foreign key to `escalation`: a record is built anew under it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table similar_number (
      account_id bigint not null references account,
      last bigint not null,
      primary key (account_id)
    );

    create table similar_case (
      account_id bigint not null,
      escalation_id text not null,
      number bigint not null,
      ticket_id bigint not null,
      summary text not null,
      body text not null,
      errors text not null,
      component text,
      category text,
      severity text not null,
      tier int not null,
      queue text not null,
      code text not null,
      root_cause text not null,
      fix text not null,
      article text not null,
      article_url text,
      could_be_lower boolean,
      requested_at bigint not null,
      resolved_at bigint not null,
      resolved_by text not null,
      is_gone boolean not null,
      primary key (account_id, escalation_id)
    );
    create unique index similar_case_by_number on similar_case (account_id, number);
    create index similar_case_by_time on similar_case (account_id, resolved_at) where not is_gone;
    create index similar_case_by_ticket on similar_case (account_id, ticket_id);

    create table similar_answer (
      account_id bigint not null,
      ticket_id bigint not null,
      subject text not null,
      answer text not null check (answer in ('not-same', 'taken', 'refused')),
      suggested text,
      at bigint not null,
      primary key (account_id, ticket_id, subject)
    );
    create index similar_answer_by_subject on similar_answer (account_id, subject, answer);

    create table same_problem (
      account_id bigint not null,
      ticket_id bigint not null,
      command_id text not null,
      escalation_id text not null,
      stopped boolean not null,
      by_id bigint not null,
      by_name text not null,
      at bigint not null,
      primary key (account_id, ticket_id, command_id)
    );
    create index same_problem_by_case on same_problem (account_id, escalation_id);
    create index same_problem_by_time on same_problem (account_id, at);
  `.execute(db)
  for (const name of ['similar_number', 'similar_case', 'similar_answer', 'same_problem']) await keepApart(db, name)
}
