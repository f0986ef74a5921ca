import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readNames, readRoot } from '../http/parameters.ts'
import { notAllowed, notFound } from '../http/refused.ts'
import type { World } from '../world.ts'
import { checkText, readSettings } from './check-article.ts'
import { HELP_CENTER } from './gate.ts'
import type { Article, Translation } from './model.ts'
import { presentArticle } from './present.ts'
import { mayIn, maySee } from './rights.ts'

/** Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/ */
export function articleRoutes(world: World): Router {
  const router = Router()
  const { help_center: center } = world.state
  const agents = allow(world, 'hc')
  const both = (path: string) => [`${HELP_CENTER}/${path}`, `${HELP_CENTER}/:locale/${path}`]

  router.get([...both('articles'), ...both('sections/:section_id/articles')], agents, (req, res) => {
    const locale = localeOf(req)
    const sectionId = req.params.section_id === undefined ? null : readId(req, 'sections/articles', 'section_id')
    if (sectionId !== null && !center.sections[sectionId]) throw notFound()
    const labels = readNames(req.query.label_names)
    const rows = Object.values(center.articles)
      .filter((one) => sectionId === null || one.section_id === sectionId)
      .filter((one) => one.translations[locale] && maySee(world, callerOf(res).user, one, locale))
      .filter(({ label_names }) => [...labels].every((label) => label_names.includes(label)))
    const { rows: page, envelope } = paginate(world, req, sorted(req, rows))
    res.json({ articles: page.map((one) => presentArticle(world, one, locale)), ...envelope })
  })

  router.post(both('sections/:section_id/articles'), agents, (req, res) => {
    const section = center.sections[readId(req, 'articles/create', 'section_id')]
    if (!section) throw notFound()
    const input = readRoot(req, 'article')
    const locale = String(req.params.locale ?? input.locale ?? center.default_locale).toLowerCase()
    checkText(world.state, input, locale)
    const settings = readSettings(world.state, input, null)
    const { user } = callerOf(res)
    if (!mayIn(world, user, center.permission_groups[settings.permission_group_id], 'edit')) throw notAllowed()
    const article = addArticle(world, {
      ...{ ...settings, section_id: section.id, locale, author_id: user.id, draft: input.draft === true },
      ...{ title: String(input.title), body: typeof input.body === 'string' ? input.body : '' },
    })
    if (input.draft !== true && req.body.notify_subscribers !== false) article.notified_at = article.created_at
    const shown = presentArticle(world, article, locale)
    res.status(201).location(shown.url).json({ article: shown })
  })

  router.get(both('articles/:id'), agents, (req, res) => {
    const { article, locale } = visible(req, res)
    res.json({ article: presentArticle(world, article, locale) })
  })

  /** The text, and whether it is a draft, are a matter of its translations. */
  router.put(both('articles/:id'), agents, (req, res) => {
    const { article, locale } = editable(req, res)
    const input = readRoot(req, 'article')
    Object.assign(article, readSettings(world.state, input, article), { updated_at: world.clock.now() })
    if (center.sections[Number(input.section_id)]) article.section_id = Number(input.section_id)
    res.json({ article: presentArticle(world, article, locale) })
  })

  router.delete(both('articles/:id'), agents, (req, res) => {
    delete center.articles[editable(req, res).article.id]
    res.status(204).end()
  })

  return router

  function localeOf(req: Request): string {
    return String(req.params.locale ?? center.default_locale).toLowerCase()
  }

  function visible(req: Request, res: Response): { article: Article; locale: string } {
    const article = center.articles[readId(req, 'articles/show')]
    const locale = req.params.locale === undefined ? article?.source_locale : localeOf(req)
    if (!article || !locale || !article.translations[locale]) throw notFound()
    if (!maySee(world, callerOf(res).user, article, locale)) throw notFound()
    return { article, locale }
  }

  function editable(req: Request, res: Response): { article: Article; locale: string } {
    const found = visible(req, res)
    const group = center.permission_groups[found.article.permission_group_id]
    if (!mayIn(world, callerOf(res).user, group, 'edit')) throw notAllowed()
    return found
  }
}

export type NewArticle = Pick<Translation, 'title' | 'body' | 'draft' | 'locale'> &
  Pick<Article, 'section_id' | 'author_id' | 'permission_group_id' | 'user_segment_id'> &
  Partial<Pick<Article, 'label_names' | 'promoted' | 'comments_disabled' | 'content_tag_ids'>>

export function addArticle(world: World, { title, body, draft, locale, ...given }: NewArticle): Article {
  const at = world.clock.now()
  const id = world.nextId('article')
  const { author_id } = given
  const translation: Translation = {
    ...{ id: world.nextId('translation'), locale, title, body, draft, created_by_id: author_id },
    ...{ updated_by_id: author_id, created_at: at, updated_at: at },
  }
  const article: Article = {
    ...{ id, label_names: [], content_tag_ids: [], promoted: false, comments_disabled: false, position: 0 },
    ...{ source_locale: locale, created_at: at, updated_at: at, edited_at: at, notified_at: null },
    translations: { [locale]: translation },
    ...given,
  }
  world.state.help_center.articles[id] = article
  return article
}

function sorted({ query }: Request, rows: Article[]): Article[] {
  const by = query.sort_by === 'created_at' || query.sort_by === 'updated_at' ? query.sort_by : 'position'
  const sign = query.sort_order === 'desc' ? -1 : 1
  return rows.toSorted((a, b) => sign * (a[by] - b[by] || a.id - b.id))
}
