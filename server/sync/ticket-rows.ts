import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportedTicket } from '../zendesk/ticket-export.ts'

/**
 * Keeps tickets as an export told of them; answers how many are new. An older row never replaces a newer one: the later
 * touch wins, and of the same second what was read later. Of what Zendesk deleted no text stays.
 *
 * @param readAt when the page was asked for
 */
export async function keepTickets(
  tx: AccountTransaction,
  accountId: number,
  tickets: readonly ExportedTicket[],
  readAt: Instant,
): Promise<number> {
  const newest = newestOfEach(tickets)
  if (newest.length === 0) return 0
  const rows = newest.map((ticket) => ({
    ...{ ticket_id: ticket.id, created_at: ticket.createdAt, updated_at: ticket.updatedAt },
    ...{ generated_at: ticket.generatedAt, subject: ticket.subject, status: ticket.status },
    ...{ priority: ticket.priority, type: ticket.type, channel: ticket.channel, group_id: ticket.groupId },
    ...{ assignee_id: ticket.assigneeId, requester_id: ticket.requesterId, submitter_id: ticket.submitterId },
    ...{ organization_id: ticket.organizationId, brand_id: ticket.brandId, form_id: ticket.formId },
    ...{ problem_id: ticket.problemId, followup_of: ticket.followUpOf, tags: ticket.tags, fields: ticket.fields },
    ...{ solved_at: ticket.solvedAt, reopens: ticket.reopens, replies: ticket.replies, standing: ticket.standing },
  }))
  const { rows: written } = await sql<{ is_new: boolean }>`
    insert into zendesk_ticket (account_id, ${COLUMNS}, read_at)
    select ${accountId}::bigint, ${COLUMNS}, ${readAt}::bigint from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (
      ticket_id bigint, created_at bigint, updated_at bigint, generated_at bigint, subject text, status text,
      priority text, type text, channel text, group_id bigint, assignee_id bigint, requester_id bigint,
      submitter_id bigint, organization_id bigint, brand_id bigint, form_id bigint, problem_id bigint,
      followup_of bigint, tags text[], fields jsonb, solved_at bigint, reopens int, replies int, standing text
    )
    on conflict (account_id, ticket_id) do update set (${COLUMNS}, read_at) = row (${EXCLUDED}, excluded.read_at)
    where (excluded.generated_at, excluded.read_at) >= (zendesk_ticket.generated_at, zendesk_ticket.read_at)
    returning (xmax = 0) as is_new`.execute(tx)
  await clearTexts(tx, newest)
  return written.filter(({ is_new }) => is_new).length
}

const NAMES = [
  ...['ticket_id', 'created_at', 'updated_at', 'generated_at', 'subject', 'status', 'priority', 'type', 'channel'],
  ...['group_id', 'assignee_id', 'requester_id', 'submitter_id', 'organization_id', 'brand_id', 'form_id'],
  ...['problem_id', 'followup_of', 'tags', 'fields', 'solved_at', 'reopens', 'replies', 'standing'],
]
const COLUMNS = sql.join(NAMES.map((name) => sql.ref(name)))
const EXCLUDED = sql.join(NAMES.map((name) => sql.ref(`excluded.${name}`)))

/** One statement cannot write a row twice, and a page may name a ticket twice. */
function newestOfEach(tickets: readonly ExportedTicket[]): ExportedTicket[] {
  const byId = new Map<number, ExportedTicket>()
  for (const ticket of tickets) {
    const known = byId.get(ticket.id)
    if (!known || ticket.generatedAt >= known.generatedAt) byId.set(ticket.id, ticket)
  }
  return [...byId.values()]
}

/** What somebody typed into fields goes with the ticket, also out of its history. */
async function clearTexts(tx: AccountTransaction, tickets: readonly ExportedTicket[]): Promise<void> {
  const gone = tickets.filter(({ standing }) => standing === 'deleted' || standing === 'scrubbed').map(({ id }) => id)
  if (gone.length === 0) return
  await sql`
    update ticket_change set value = null, previous = null
    where ticket_id = any(${gone}::bigint[]) and field ~ '^[0-9]+$' and (value is not null or previous is not null)`.execute(
    tx,
  )
}
