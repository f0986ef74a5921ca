import { z } from 'zod'
import type { Instant } from '../../core/units.ts'
import { ZendeskError } from './error.ts'

/** The calls of a client that the Help Center needs. */
export type GuideApi = {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
}

/** A section, a permission group or a user segment. */
export type GuidePlace = { id: number; name: string }
export type UserSegment = GuidePlace & { isForAgents: boolean }

export type GuideArticle = {
  id: number
  title: string
  url: string
  locale: string
  isDraft: boolean
  segmentId: number | null
  labels: string[]
  body: string
  createdAt: Instant
  /** When its text, or whether it is a draft, was changed last. */
  editedAt: Instant
}

export type NewArticle = {
  sectionId: number
  permissionGroupId: number
  segmentId: number
  locale: string
  labels: readonly string[]
  title: string
  html: string
}

const Article = z.object({
  id: z.int(),
  title: z.string(),
  html_url: z.string(),
  locale: z.string(),
  draft: z.boolean(),
  user_segment_id: z.int().nullish(),
  label_names: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
  edited_at: z.string().nullish(),
})
const Place = z.object({ id: z.int(), name: z.string() })
const Segment = Place.extend({ user_type: z.string() })
const Page = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish()

const ROOT = '/api/v2/help_center'
/** Nobody has more sections; whoever has finds theirs by its id. */
const MOST_PAGES = 20

export type Guide = ReturnType<typeof createGuide>

/**
 * The Help Center of an account. Writes carry `.json`, without which Zendesk answers 415.
 * Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
 */
export function createGuide(api: GuideApi) {
  return { listSections, listPermissionGroups, listSegments, newestIn, getArticle, createDraft }

  function listSections(): Promise<GuidePlace[]> {
    return listAll(`${ROOT}/sections.json`, 'sections', Place)
  }

  function listPermissionGroups(): Promise<GuidePlace[]> {
    return listAll('/api/v2/guide/permission_groups.json', 'permission_groups', Place)
  }

  async function listSegments(): Promise<UserSegment[]> {
    const rows = await listAll(`${ROOT}/user_segments.json`, 'user_segments', Segment)
    return rows.map(({ id, name, user_type }) => ({ id, name, isForAgents: user_type === 'staff' }))
  }

  /** Articles and drafts of a section, the newest first, back to `since`. */
  async function newestIn(sectionId: number, locale: string, since: number): Promise<GuideArticle[]> {
    const found: GuideArticle[] = []
    const path = `${ROOT}/${locale}/sections/${sectionId}/articles.json?sort_by=created_at&sort_order=desc`
    let after: string | null = null
    for (let page = 0; page < MOST_PAGES; page++) {
      const Answer = z.object({ articles: z.array(Article), meta: Page })
      const cursor: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`
      const { articles, meta }: z.infer<typeof Answer> = await api.get(`${path}&page[size]=100${cursor}`, Answer)
      const read = articles.map(readArticle)
      found.push(...read.filter(({ createdAt }) => createdAt >= since))
      after = meta?.has_more ? (meta.after_cursor ?? null) : null
      if (after === null || read.some(({ createdAt }) => createdAt < since)) break
    }
    return found
  }

  /** Null for one that is no longer there, or that we may not see. */
  async function getArticle(id: number, locale: string): Promise<GuideArticle | null> {
    try {
      const { article } = await api.get(`${ROOT}/${locale}/articles/${id}.json`, z.object({ article: Article }))
      return readArticle(article)
    } catch (error) {
      if (error instanceof ZendeskError && error.failure === 'not-found') return null
      throw error
    }
  }

  /** Makes a draft; nobody gets a mail about it. Whether it is one can be said at no other time. */
  async function createDraft({ sectionId, labels, ...given }: NewArticle): Promise<GuideArticle> {
    const article = {
      ...{ title: given.title, body: given.html, locale: given.locale, draft: true, label_names: labels },
      ...{ permission_group_id: given.permissionGroupId, user_segment_id: given.segmentId, comments_disabled: true },
    }
    const path = `${ROOT}/${given.locale}/sections/${sectionId}/articles.json`
    const answer = await api.post(path, { article, notify_subscribers: false }, z.object({ article: Article }))
    return readArticle(answer.article)
  }

  async function listAll<T>(path: string, key: string, shape: z.ZodType<T>): Promise<T[]> {
    const rows: T[] = []
    let after: string | null = null
    for (let page = 0; page < MOST_PAGES; page++) {
      const cursor: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`
      const Answer = z.object({ [key]: z.array(shape), meta: Page })
      const answer: Record<string, unknown> = await api.get(`${path}?page[size]=100${cursor}`, Answer)
      rows.push(...(answer[key] as T[]))
      const meta = answer.meta as z.infer<typeof Page>
      after = meta?.has_more ? (meta.after_cursor ?? null) : null
      if (after === null) break
    }
    return rows
  }
}

function readArticle(given: z.infer<typeof Article>): GuideArticle {
  return {
    ...{ id: given.id, title: given.title, url: given.html_url, locale: given.locale, isDraft: given.draft },
    ...{ segmentId: given.user_segment_id ?? null, labels: given.label_names ?? [], body: given.body ?? '' },
    createdAt: Date.parse(given.created_at),
    editedAt: Date.parse(given.edited_at ?? given.created_at),
  }
}
