import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { Call } from './call.ts'
import type { ExportCall } from './export-call.ts'
import { listAll } from './list-all.ts'
import { Id, OptionalId, OptionalTime, readRows, Time } from './loose.ts'
import { readTimePage, TIME_PAGE, type TimePage } from './time-page.ts'

export type ExportedArticle = {
  id: number
  title: string
  url: string
  locale: string
  sectionId: number | null
  isDraft: boolean
  labels: string[]
  createdAt: Instant
  updatedAt: Instant
}

export type ArticlePage = TimePage & { articles: ExportedArticle[] }

const Shape = z.object({
  id: Id,
  title: z.string().nullish(),
  name: z.string().nullish(),
  html_url: z.string().nullish(),
  url: z.string().nullish(),
  locale: z.string().nullish(),
  source_locale: z.string().nullish(),
  section_id: OptionalId,
  draft: z.boolean().nullish(),
  label_names: z.array(z.string()).nullish(),
  created_at: OptionalTime,
  updated_at: Time,
})
const Answer = z.object({ articles: z.array(z.unknown()), ...TIME_PAGE })

export function createArticleExport(ask: ExportCall, call: Call) {
  return { exportArticles, listArticleIds }

  /**
   * A page of the articles whose particulars changed, by time. Their text is not kept.
   *
   * @throws {ZendeskError} `not-found` or `denied` where the account has no Help Center
   * Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/#list-articles
   */
  async function exportArticles(startTime: Instant): Promise<ArticlePage> {
    const query = new URLSearchParams({ start_time: String(Math.floor(startTime / SECOND_MS)) })
    const { answer, limit } = await ask(`/api/v2/help_center/incremental/articles.json?${query}`, Answer)
    const rows = readRows(answer.articles, Shape)
    return { ...readTimePage(answer, answer.articles.length, limit), articles: rows.map(readArticle) }
  }

  /**
   * The articles and drafts that are there in one language now. By creation, so that none that is moved meanwhile is missed.
   *
   * @throws {ZendeskError} `not-found` where the Help Center no longer has the language
   */
  async function listArticleIds(locale: string): Promise<number[]> {
    const path = `/api/v2/help_center/${encodeURIComponent(locale)}/articles.json?sort_by=created_at&sort_order=asc&`
    return readRows(await listAll(call, path, 'articles'), z.object({ id: Id })).map(({ id }) => id)
  }
}

function readArticle(row: z.output<typeof Shape>): ExportedArticle {
  return {
    ...{ id: row.id, title: row.title ?? row.name ?? '', url: row.html_url ?? row.url ?? '' },
    ...{ locale: row.locale ?? row.source_locale ?? '', sectionId: row.section_id, isDraft: row.draft === true },
    ...{ labels: row.label_names ?? [], createdAt: row.created_at ?? row.updated_at, updatedAt: row.updated_at },
  }
}
