import { type Kysely, sql } from 'kysely'
import { keepApart } from './keep-apart.ts'

const MEASURES = [
  'escalations',
  'time_to_escalate',
  'mttr',
  'time_to_acknowledge',
  'time_to_investigate',
  'time_to_fix',
  'time_to_tell_customer',
  'sla_attainment',
  'customer_clock_attainment',
  'engineering_attainment',
  'promises_kept',
  'returns',
  'handoffs',
  'ping_pong',
  'bounce_cost',
  'context_loss',
  'note_completeness',
  'hotfix_share',
  'link_rate',
  'l1_capable',
]

/**
 * What figures are made of. One row for each thing a measure counts, so that a figure is a sum of rows of one shape and
 * opens to exactly these. A figure reads one measure over a span of time, so each measure lies in a part of its own, in
 * a schema where nobody may look.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table measure_mark (
      account_id bigint not null,
      id bigint generated always as identity,
      ticket_id bigint not null,
      primary key (account_id, id)
    );
    create table measure_timer (
      account_id bigint not null,
      ticket_id bigint not null,
      due_at bigint not null,
      primary key (account_id, ticket_id)
    );
    create index measure_timer_by_time on measure_timer (account_id, due_at);
    create table measure_account (
      account_id bigint primary key,
      zone text not null,
      version bigint not null
    );
    create table measure_case (
      account_id bigint not null,
      ticket_id bigint not null,
      measure text not null,
      escalation_id text not null,
      part int not null,
      at bigint not null,
      outcome text not null,
      amount int,
      note text not null,
      tier int,
      queue text,
      component text,
      category text,
      segment text,
      severity text,
      agent bigint,
      reason text,
      origin text,
      primary key (account_id, ticket_id, measure, escalation_id, part)
    ) partition by list (measure);
    create index measure_case_by_time on measure_case (account_id, measure, at);
    create table measure_stay (
      account_id bigint not null,
      ticket_id bigint not null,
      escalation_id text not null,
      part int not null,
      tier int not null,
      queue text not null,
      component text,
      category text,
      segment text,
      severity text,
      reason text,
      origin text,
      owner bigint,
      standing text not null check (standing in ('with-tier', 'returned')),
      requested_at bigint not null,
      from_at bigint not null,
      to_at bigint,
      primary key (account_id, ticket_id, escalation_id, part)
    );
    create index measure_stay_ended on measure_stay (account_id, to_at, from_at);
    create index measure_stay_open on measure_stay (account_id, from_at) where to_at is null;
    create table measure_week (
      account_id bigint not null,
      from_at bigint not null,
      to_at bigint not null,
      dimension text not null,
      value text not null,
      measure text not null,
      hits int not null,
      misses int not null,
      open int not null,
      excluded int[] not null,
      total double precision not null,
      amounts bytea,
      primary key (account_id, dimension, measure, from_at, value)
    );
    create index measure_week_by_time on measure_week (account_id, from_at);
    create table measure_week_due (
      account_id bigint not null,
      from_at bigint not null,
      to_at bigint not null,
      since bigint not null,
      primary key (account_id, from_at)
    );
    create table measure_agent (
      account_id bigint not null,
      agent bigint not null,
      name text not null,
      seen_at bigint not null,
      primary key (account_id, agent)
    );
    create schema measures;
  `.execute(db)
  for (const measure of MEASURES) {
    await sql`
      create table ${sql.table(`measures.${measure}`)} partition of measure_case
      for values in (${sql.lit(measure)})`.execute(db)
  }
  await sql`create table measures.others partition of measure_case default`.execute(db)
  const tables = ['mark', 'timer', 'account', 'case', 'stay', 'week', 'week_due', 'agent']
  for (const name of tables) await keepApart(db, `measure_${name}`)
}
