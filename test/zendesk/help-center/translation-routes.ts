import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { notAllowed, notFound } from '../http/refused.ts'
import type { World } from '../world.ts'
import { checkText } from './check-article.ts'
import { HELP_CENTER } from './gate.ts'
import type { Article } from './model.ts'
import { presentTranslation } from './present.ts'
import { mayIn, maySee } from './rights.ts'

const PATH = `${HELP_CENTER}/articles/:id/translations`

/**
 * The texts of an article. Here alone a draft is published.
 * Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/translations/
 */
export function translationRoutes(world: World): Router {
  const router = Router()
  const { help_center: center } = world.state
  const agents = allow(world, 'hc')

  router.get(PATH, agents, (req, res) => {
    const article = visible(req, res)
    const translations = Object.values(article.translations).map((one) => presentTranslation(world, article, one))
    res.json({ translations, next_page: null, previous_page: null, count: translations.length })
  })

  router.get(`${PATH}/:locale`, agents, (req, res) => {
    const article = visible(req, res)
    res.json({ translation: presentTranslation(world, article, textOf(article, req)) })
  })

  router.put(`${PATH}/:locale`, agents, (req, res) => {
    const article = visible(req, res)
    const text = textOf(article, req)
    const { title = text.title, body = text.body, draft = text.draft } = readRoot(req, 'translation')
    checkText(world.state, { title }, text.locale)
    const { user } = callerOf(res)
    const group = center.permission_groups[article.permission_group_id]
    const isPublishing = draft !== text.draft
    if (!mayIn(world, user, group, isPublishing ? 'publish' : 'edit')) throw notAllowed()
    const now = world.clock.now()
    const changed = { title: String(title), body: String(body), draft: draft === true }
    if (Object.entries(changed).some(([key, value]) => text[key as keyof typeof changed] !== value)) {
      Object.assign(text, changed, { updated_at: now, updated_by_id: user.id })
      article.edited_at = article.updated_at = now
    }
    res.json({ translation: presentTranslation(world, article, text) })
  })

  return router

  function visible(req: Request, res: Response): Article {
    const article = center.articles[readId(req, 'translations/show')]
    if (!article || !maySee(world, callerOf(res).user, article, article.source_locale)) throw notFound()
    return article
  }

  function textOf(article: Article, req: Request) {
    const text = article.translations[String(req.params.locale).toLowerCase()]
    if (!text) throw notFound()
    return text
  }
}
