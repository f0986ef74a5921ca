import { sql } from 'kysely'
import { ISSUE_STATES, type IssueState } from '../../core/engineering/issue-state.ts'
import type { IssueNews } from '../../core/engineering/news.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

type IssueTold = Extract<IssueNews, { kind: 'issue' }>
type ReleaseTold = Extract<IssueNews, { kind: 'release' }>
export type Told = IssueTold | ReleaseTold

type Where = { accountId: number; deliveryId: string; now: Instant }

/**
 * Keeps what a tracker told, of issues that nobody has linked too: a link made later finds them as they are. Telling
 * twice, or in another order, leaves the same rows.
 *
 * @returns the tickets whose escalations it may matter to
 */
export async function keepNews(tx: AccountTransaction, news: Told, where: Where): Promise<number[]> {
  if (news.kind === 'release') {
    await keepRelease(tx, news, where)
    return ticketsWith(tx, news.tracker, news.host, news.names)
  }
  await keepIssue(tx, news, where)
  return ticketsWith(tx, news.issue.tracker, news.issue.host, [news.issue.key, ...news.fixes])
}

const CLOSED: readonly IssueState[] = ['closed-unfixed', 'fixed', 'released']

/**
 * Only what is newer replaces what is known: `isNewer` of `core/engineering/issue-state.ts`, in SQL. An issue is in its
 * state since it was closed; one that was closed already came into another state when the tracker changed it.
 */
async function keepIssue(
  tx: AccountTransaction,
  news: IssueTold,
  { accountId, deliveryId, now }: Where,
): Promise<void> {
  const { tracker, host, key, url } = news.issue
  const closedAt = news.state === 'released' ? null : news.closedAt
  await sql`
    insert into engineering_issue as known
      (account_id, tracker, host, key, url, title, state, at, since, by_name, fixes, carriers, delivery_id, updated_at)
    values (
      ${accountId}, ${tracker}, ${host}, ${key}, ${url}, ${news.title}, ${news.state}, ${news.at}::bigint,
      ${closedAt ?? news.at}::bigint, ${news.by}, ${news.fixes}::text[], ${news.carriers}::text[], ${deliveryId},
      ${now}::bigint
    )
    on conflict (account_id, tracker, host, key) do update set
      url = excluded.url, title = excluded.title, state = excluded.state, at = excluded.at,
      since = case
        when known.state = excluded.state then coalesce(${closedAt}::bigint, known.since)
        when known.state = any(${CLOSED}::text[]) then excluded.at
        else excluded.since
      end,
      by_name = excluded.by_name, fixes = excluded.fixes, carriers = excluded.carriers,
      delivery_id = excluded.delivery_id, updated_at = excluded.updated_at
    where (excluded.at, array_position(${ISSUE_STATES}::text[], excluded.state))
        > (known.at, array_position(${ISSUE_STATES}::text[], known.state))`.execute(tx)
}

/** Notes that are written later add to what a release carries; it is out since it was first. */
async function keepRelease(tx: AccountTransaction, news: ReleaseTold, { accountId, deliveryId }: Where): Promise<void> {
  await sql`
    insert into engineering_release as known
      (account_id, tracker, host, release, names, at, by_name, delivery_id)
    values (
      ${accountId}, ${news.tracker}, ${news.host}, ${news.release}, ${news.names}::text[], ${news.at}::bigint, ${news.by},
      ${deliveryId}
    )
    on conflict (account_id, tracker, host, release) do update set
      names = array(select distinct unnest(known.names || excluded.names) order by 1),
      at = least(known.at, excluded.at)`.execute(tx)
}

/** Tickets linked to any of these, to what they fix, or to what they carry. */
async function ticketsWith(tx: AccountTransaction, tracker: string, host: string, keys: string[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with named as (
      select unnest(${keys}::text[]) as key
      union select unnest(fixes) from engineering_issue
        where tracker = ${tracker} and host = ${host} and key = any(${keys}::text[])
      union select key from engineering_issue
        where tracker = ${tracker} and host = ${host} and carriers && ${keys}::text[] and carriers <> '{}'
    )
    select distinct ticket_id as id from engineering_link
    where tracker = ${tracker} and host = ${host} and key in (select key from named)
    order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}
