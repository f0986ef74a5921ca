import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Logger } from '../log.ts'
import type { ExportedArticle } from '../zendesk/article-export.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { ListedArticles } from './article-rows.ts'

type Listing = {
  db: Database
  accountId: number
  zendesk: Pick<ZendeskClient, 'listArticleIds'>
  log: Pick<Logger, 'warn'>
}

/**
 * The articles that are there, in the languages of those we know and of `read`. Null when Zendesk cannot be asked: that
 * keeps no article from being read, and the next day comes.
 */
export async function listArticles(
  read: readonly ExportedArticle[],
  { db, accountId, zendesk, log }: Listing,
): Promise<ListedArticles | null> {
  const kept = await inAccount(db, accountId, (tx) =>
    tx.selectFrom('zendesk_article').select('locale').distinct().execute(),
  )
  const listed: { locales: string[]; ids: number[] } = { locales: [], ids: [] }
  for (const locale of new Set([...kept, ...read].map((one) => one.locale))) {
    try {
      listed.ids.push(...(await zendesk.listArticleIds(locale)))
      listed.locales.push(locale)
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error
      const { failure, reason } = error
      log.warn({ event: 'sync.articles-not-listed', accountId, failure, reason, call: error.message })
      // Of a language that is gone nothing is known; whatever else was refused would be again.
      if (failure !== 'not-found') return null
    }
  }
  return listed
}
