import { call, get, getAll } from '../api/http.ts'

export type ApiArticle = {
  id: number
  title: string
  body: string
  draft: boolean
  locale: string
  section_id: number
  user_segment_id: number | null
  label_names: string[]
  updated_at: string
}

/** Articles and drafts that this person may see, the newest change first. */
export async function readArticles(): Promise<ApiArticle[]> {
  const articles = await getAll<ApiArticle>('/api/v2/help_center/articles.json', 'articles')
  return articles.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at) || b.id - a.id)
}

export async function readArticle(id: number): Promise<ApiArticle> {
  return (await get<{ article: ApiArticle }>(`/api/v2/help_center/articles/${id}.json`)).article
}

export async function publish({ id, locale }: ApiArticle): Promise<void> {
  await call('PUT', `/api/v2/help_center/articles/${id}/translations/${locale}.json`, { translation: { draft: false } })
}
