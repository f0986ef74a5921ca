import { iso } from '../http/times.ts'
import type { World } from '../world.ts'
import { HELP_CENTER } from './gate.ts'
import type { Article, Category, PermissionGroup, Section, Translation, UserSegment } from './model.ts'

export function presentArticle(world: World, article: Article, locale: string) {
  const { translations, notified_at: _, created_at, updated_at, edited_at, ...rest } = article
  const shown = translations[locale] ?? translations[article.source_locale]!
  return {
    ...rest,
    url: `${world.url}${HELP_CENTER}/${shown.locale}/articles/${article.id}.json`,
    html_url: htmlUrl(world, article, shown),
    draft: shown.draft,
    vote_sum: 0,
    vote_count: 0,
    title: shown.title,
    name: shown.title,
    body: shown.body,
    locale: shown.locale,
    outdated: false,
    outdated_locales: [],
    user_segment_ids: article.user_segment_id === null ? [] : [article.user_segment_id],
    created_at: iso(created_at),
    updated_at: iso(updated_at),
    edited_at: iso(edited_at),
  }
}

export function presentTranslation(world: World, article: Article, translation: Translation) {
  const { created_at, updated_at, ...rest } = translation
  return {
    ...rest,
    url: `${world.url}${HELP_CENTER}/articles/${article.id}/translations/${translation.locale}.json`,
    html_url: htmlUrl(world, article, translation),
    source_id: article.id,
    source_type: 'Article',
    outdated: false,
    created_at: iso(created_at),
    updated_at: iso(updated_at),
  }
}

export function presentPlace(world: World, kind: 'sections' | 'categories', place: Section | Category) {
  return {
    ...place,
    url: `${world.url}${HELP_CENTER}/${place.locale}/${kind}/${place.id}.json`,
    html_url: `${world.url}/hc/${place.locale}/${kind}/${place.id}-${slug(place.name)}`,
    source_locale: place.locale,
    outdated: false,
    ...('category_id' in place ? { theme_template: 'section_page' } : {}),
    created_at: iso(place.created_at),
    updated_at: iso(place.updated_at),
  }
}

export function presentDated<T extends UserSegment | PermissionGroup>(row: T) {
  return { ...row, created_at: iso(row.created_at), updated_at: iso(row.updated_at) }
}

function htmlUrl(world: World, { id }: Article, { locale, title }: Translation): string {
  return `${world.url}/hc/${locale}/articles/${id}-${slug(title)}`
}

function slug(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
}
