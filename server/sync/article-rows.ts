import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportedArticle } from '../zendesk/article-export.ts'

/** Keeps articles as the Help Center's export told of them; answers how many are new. */
export async function keepArticles(
  tx: AccountTransaction,
  accountId: number,
  articles: readonly ExportedArticle[],
  readAt: Instant,
): Promise<number> {
  const newest = [...new Map(articles.map((one) => [one.id, one])).values()]
  if (newest.length === 0) return 0
  const rows = newest.map((one) => ({
    ...{ article_id: one.id, title: one.title, url: one.url, locale: one.locale, section_id: one.sectionId },
    ...{ is_draft: one.isDraft, labels: one.labels, created_at: one.createdAt, updated_at: one.updatedAt },
  }))
  const { rows: written } = await sql<{ is_new: boolean }>`
    insert into zendesk_article as kept
      (account_id, article_id, title, url, locale, section_id, is_draft, labels, created_at, updated_at, is_gone, read_at)
    select ${accountId}::bigint, told.*, false, ${readAt}::bigint from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (
      article_id bigint, title text, url text, locale text, section_id bigint, is_draft boolean, labels text[],
      created_at bigint, updated_at bigint
    )
    on conflict (account_id, article_id) do update set
      title = excluded.title, url = excluded.url, locale = excluded.locale, section_id = excluded.section_id,
      is_draft = excluded.is_draft, labels = excluded.labels, updated_at = excluded.updated_at, is_gone = false,
      read_at = excluded.read_at
    where (excluded.updated_at, excluded.read_at) >= (kept.updated_at, kept.read_at)
    returning (xmax = 0) as is_new`.execute(tx)
  return written.filter(({ is_new }) => is_new).length
}

/** What is there, of the languages that were asked for. */
export type ListedArticles = { locales: readonly string[]; ids: readonly number[] }

/**
 * Marks articles that are no longer there, and those that are there again. Drafts are left alone: nobody reads them.
 *
 * @param readAt of articles that were told of later nothing is said
 */
export async function markGone(
  tx: AccountTransaction,
  { locales, ids }: ListedArticles,
  readAt: Instant,
): Promise<void> {
  await sql`
    update zendesk_article set is_gone = not is_gone
    where is_gone = (article_id = any(${ids}::bigint[])) and locale = any(${locales}::text[])
      and (is_gone or not is_draft) and read_at <= ${readAt}`.execute(tx)
}
