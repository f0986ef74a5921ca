import { sql } from 'kysely'
import type { IssueFact } from '../../core/engineering/issue-fact.ts'
import { type IssueStanding, type IssueState, isNewer } from '../../core/engineering/issue-state.ts'
import { type IssueAddress, isSameIssue } from '../../core/engineering/tracker.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** An escalation with the issues it is linked to. */
export type Linked = { ticketId: number; escalation: { id: string; issues: readonly IssueAddress[] } }

/** Keeps which escalations are linked to which issues, so that what a tracker tells finds its tickets. */
export async function keepLinks(
  tx: AccountTransaction,
  escalations: readonly Linked[],
  { accountId, now }: { accountId: number; now: Instant },
): Promise<void> {
  const rows = escalations.flatMap(({ ticketId, escalation }) =>
    escalation.issues.map(({ tracker, host, key }) => ({
      ...{ account_id: accountId, tracker, host, key },
      ...{ escalation_id: escalation.id, ticket_id: ticketId, linked_at: now },
    })),
  )
  if (rows.length === 0) return
  await tx
    .insertInto('engineering_link')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What an escalation knows of an issue it is linked to. */
export type KnownIssue = IssueAddress & { told: IssueStanding | null }

/**
 * What trackers have told of these issues that is not known yet, oldest first. It follows from what is stored alone, so
 * it comes out the same whatever order the deliveries came in, and folding it makes it known.
 *
 * A fixed issue is released by the first release since that names it, or a merged change that fixes it, or a version it
 * is planned for.
 */
export async function issueFactsOf(tx: AccountTransaction, issues: readonly KnownIssue[]): Promise<IssueFact[]> {
  if (issues.length === 0) return []
  const { rows } = await sql<Row>`
    select i.tracker, i.host, i.key, i.url, i.title, coalesce(r.at, i.since) as at, coalesce(r.by_name, i.by_name) as by,
      case when r.at is null then i.state else 'released' end as state, coalesce(r.delivery_id, i.delivery_id) as delivery
    from unnest(
      ${issues.map(({ tracker }) => tracker)}::text[], ${issues.map(({ host }) => host)}::text[],
      ${issues.map(({ key }) => key)}::text[]
    ) as wanted (tracker, host, key)
    join engineering_issue i using (tracker, host, key)
    left join lateral (
      select out.at, out.by_name, out.delivery_id from engineering_release out
      where i.state = 'fixed' and out.tracker = i.tracker and out.host = i.host and out.at >= i.since
        and out.names && (array[i.key] || i.carriers || array(
          select change.key from engineering_issue change
          where change.tracker = i.tracker and change.host = i.host and change.state = 'fixed'
            and change.fixes @> array[i.key] and change.fixes <> '{}'
        ))
      order by out.at limit 1
    ) r on true
    order by at, i.key`.execute(tx)
  return rows.filter((row) => !isKnown(row, issues)).map(toFact)
}

type Row = IssueAddress & { title: string | null; state: IssueState; at: Instant; by: string | null; delivery: string }

/** The same state again is no change, and what is older than what an escalation knows comes too late. */
function isKnown(row: Row, issues: readonly KnownIssue[]): boolean {
  const { told } = issues.find((issue) => isSameIssue(issue, row))!
  return told !== null && (told.state === row.state || !isNewer(row, told))
}

function toFact({ tracker, host, key, url, title, state, at, by, delivery }: Row): IssueFact {
  return { kind: 'issue', at, issue: { tracker, host, key, url, title }, state, by, deliveryId: delivery }
}
