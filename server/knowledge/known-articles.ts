import type { KnownArticle } from '../../core/patterns/opportunity.ts'
import { articleKeyOf, type PatternCase } from '../../core/patterns/pattern-case.ts'
import type { AccountTransaction } from '../db/in-account.ts'

export type KnownArticles = {
  /** By their keys. */
  byKey: Map<string, KnownArticle>
  /** That Baton drafted, by the escalation; none that is gone. */
  drafted: Map<string, KnownArticle>
  /** Keys of those that are no longer in the Help Center. */
  gone: ReadonlySet<string>
}

/**
 * What is known of articles: from the Help Center as it was read last, and from our own drafts. An article of another
 * knowledge base counts as published since somebody first linked it.
 */
export async function knownArticles(tx: AccountTransaction, cases: readonly PatternCase[]): Promise<KnownArticles> {
  const byKey = new Map<string, KnownArticle>()
  for (const { articleUrl, resolvedAt } of cases) {
    if (articleUrl === null) continue
    const key = articleKeyOf(articleUrl)
    const publishedAt = Math.min(byKey.get(key)?.publishedAt ?? resolvedAt, resolvedAt)
    byKey.set(key, { key, url: articleUrl, title: articleUrl, publishedAt })
  }
  const rows = await tx
    .selectFrom('zendesk_article')
    .select(['article_id', 'title', 'url', 'is_draft', 'is_gone', 'created_at'])
    .execute()
  for (const { article_id, title, url, is_draft, is_gone, created_at } of rows) {
    const key = String(article_id)
    byKey.set(key, { key, url, title, publishedAt: is_draft || is_gone ? null : created_at })
  }
  const gone = new Set(rows.filter(({ is_gone }) => is_gone).map(({ article_id }) => String(article_id)))
  const ours = await tx
    .selectFrom('article_draft')
    .select(['escalation_id', 'article_id', 'title', 'url', 'published_at'])
    .where('article_id', 'is not', null)
    .where('standing', '<>', 'gone')
    .execute()
  const drafted = new Map<string, KnownArticle>()
  for (const { escalation_id, article_id, title, url, published_at } of ours) {
    const key = String(article_id)
    if (gone.has(key)) continue
    const article = { key, url: url ?? '', title: title ?? '', publishedAt: published_at }
    // We saw when it was published; the Help Center tells only when it was begun.
    byKey.set(key, article)
    drafted.set(escalation_id, article)
  }
  return { byKey, drafted, gone }
}
