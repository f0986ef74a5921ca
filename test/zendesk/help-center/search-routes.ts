import { type Request, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readNames } from '../http/parameters.ts'
import { badParameter, Refused } from '../http/refused.ts'
import type { User } from '../state/model.ts'
import type { World } from '../world.ts'
import { HELP_CENTER } from './gate.ts'
import type { Article } from './model.ts'
import { presentArticle } from './present.ts'
import { maySee } from './rights.ts'

const SEARCH = `${HELP_CENTER}/articles/search`
const MOST_RESULTS = 1000
const LONGEST_QUESTION = 200

/** Finds what is published; drafts are no results. Source: https://developer.zendesk.com/api-reference/help_center/help-center-api/search/ */
export function articleSearchRoutes(world: World): Router {
  const router = Router()
  const agents = allow(world, 'hc')

  router.get(SEARCH, agents, (req, res) => {
    const { query, section, category, label_names } = req.query
    if (![query, section, category, label_names].some((one) => typeof one === 'string' && one !== '')) {
      throw badParameter('query', SEARCH.slice(1), 'given, or label_names, section or category')
    }
    if (req.query.page !== null && typeof req.query.page === 'object') throw badParameter('page', SEARCH.slice(1))
    const found = search(callerOf(res).user, req).slice(0, MOST_RESULTS)
    const { rows, envelope } = paginate(world, req, found)
    const results = rows.map((one) => ({
      ...presentArticle(world, one, localeOf(req)),
      result_type: 'article',
      snippet: textOf(one, localeOf(req)).slice(0, 200),
    }))
    res.json({ results, ...envelope })
  })

  router.get(`${HELP_CENTER}/deflection/suggestions`, agents, (req, res) => {
    const query = String(req.query.query ?? '')
    if (query === '' || query.length > LONGEST_QUESTION) {
      throw new Refused({ status: 400, body: { error: 'BadRequest', description: 'query is missing or too long' } })
    }
    const results = search(callerOf(res).user, req).slice(0, 3)
    const shown = results.map((one) => presentArticle(world, one, localeOf(req)))
    res.json({ results: shown.map(({ name, html_url }) => ({ name, html_url })) })
  })

  return router

  function search(user: User, req: Request): Article[] {
    const { help_center: center } = world.state
    const locale = localeOf(req)
    const words = wordsIn(String(req.query.query ?? ''))
    const labels = [...readNames(req.query.label_names)]
    return Object.values(center.articles)
      .filter((one) => one.translations[locale]?.draft === false && maySee(world, user, one, locale))
      .filter(({ label_names }) => labels.length === 0 || labels.some((label) => label_names.includes(label)))
      .filter(({ section_id }) => req.query.section === undefined || String(section_id) === req.query.section)
      .filter(({ section_id }) => {
        const { category } = req.query
        return category === undefined || String(center.sections[section_id]?.category_id) === category
      })
      .map((article) => ({ article, score: words.filter((word) => textOf(article, locale).includes(word)).length }))
      .filter(({ score }) => words.length === 0 || score > 0)
      .toSorted((a, b) => b.score - a.score || a.article.id - b.article.id)
      .map(({ article }) => article)
  }

  function localeOf(req: Request): string {
    return String(req.query.locale ?? world.state.help_center.default_locale).toLowerCase()
  }
}

function textOf({ translations }: Article, locale: string): string {
  const { title, body } = translations[locale]!
  return `${title} ${body.replace(/<[^>]+>/g, ' ')}`.toLowerCase()
}

function wordsIn(query: string): string[] {
  return query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
