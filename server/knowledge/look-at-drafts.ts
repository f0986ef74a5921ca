import { sql } from 'kysely'
import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { isTransient, ZendeskError } from '../zendesk/error.ts'
import { createGuide, type GuideApi } from '../zendesk/guide.ts'
import { settleDebt } from './settle-debt.ts'

export type LookDeps = { db: Database; clock: Clock; zendeskOf(accountId: number): GuideApi | Promise<GuideApi> }

/** Asked at most so often about one draft, and about so many at once: a few calls of the hundreds a minute there are. */
export const LOOK_EVERY_MS = 10 * MINUTE_MS
const AT_ONCE = 20

type Claimed = { escalation_id: string; form: 'article' | 'runbook'; article_id: number; locale: string }

/**
 * Asks Zendesk which of our drafts somebody has published, and settles what they owed. Safe to run twice, and by several
 * servers: each takes drafts that nobody looked at lately.
 *
 * @returns how many were published, or are gone
 */
export async function lookAtDrafts(accountId: number, { db, clock, zendeskOf }: LookDeps): Promise<number> {
  const claimed = await inAccount(db, accountId, (tx) => claim(tx, clock.now()))
  if (claimed.length === 0) return 0
  const guide = createGuide(await zendeskOf(accountId))
  let changed = 0
  for (const draft of claimed) {
    try {
      const article = await guide.getArticle(draft.article_id, draft.locale)
      if (article?.isDraft) continue
      const at = article ? Math.min(article.editedAt, clock.now()) : clock.now()
      await inAccount(db, accountId, (tx) => keep(tx, draft, article ? { url: article.url, at } : null))
      changed++
    } catch (error) {
      // What could not be asked now is asked again; the rest would hear the same.
      if (error instanceof ZendeskError && isTransient(error)) return changed
      throw error
    }
  }
  return changed
}

/** The ones nobody looked at for longest. */
async function claim(tx: AccountTransaction, now: Instant): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update article_draft set looked_at = ${now}
    where (escalation_id, form) in (
      select escalation_id, form from article_draft
      where standing = 'draft' and (looked_at is null or looked_at <= ${now - LOOK_EVERY_MS})
      order by looked_at nulls first, escalation_id limit ${AT_ONCE} for update skip locked
    )
    returning escalation_id, form, article_id, locale`.execute(tx)
  return rows
}

async function keep(tx: AccountTransaction, draft: Claimed, published: { url: string; at: Instant } | null) {
  await tx
    .updateTable('article_draft')
    .set(
      published
        ? { standing: 'published', published_at: published.at, url: published.url }
        : { standing: 'gone', trouble: 'It is no longer in the Help Center.' },
    )
    .where('escalation_id', '=', draft.escalation_id)
    .where('form', '=', draft.form)
    .execute()
  if (!published) return
  const { at, url } = published
  await settleDebt(tx, draft.escalation_id, { how: 'published', by: 'the Help Center', url, reason: null, at })
}
