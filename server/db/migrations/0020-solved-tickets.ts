import { type Kysely, sql } from 'kysely'

/** When tickets were solved and who opened them again, without reading the whole history for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index ticket_change_solved on ticket_change (account_id, ticket_id, at)
      where field = 'status' and value = 'solved';
    create index ticket_change_reopened on ticket_change (account_id, ticket_id, at) include (by_id)
      where field = 'status' and previous = 'solved' and value not in ('solved', 'closed');
    create index zendesk_ticket_by_solution on zendesk_ticket (account_id, solved_at) where solved_at is not null;
  `.execute(db)
}
