import { Router } from 'express'
import { monthSpan } from '../../core/review/reasons.ts'
import { gatherAgenda, gatherPosts, gatherReasons, type ReviewDeps } from './gather.ts'

/**
 * What reviews look at, for reading. Decisions are recorded on the page and on the command line: a session of the sidebar
 * proves which account asks and not who, and a decision is worth what its name is worth.
 */
export function reviewRoutes(deps: ReviewDeps): Router {
  const router = Router()
  const accountOf = (locals: Record<string, unknown>) => (locals.account as { id: number }).id

  router.get('/api/reviews/weekly', async (_req, res) => {
    res.json(await gatherAgenda(accountOf(res.locals), deps, { keep: false }))
  })

  router.get('/api/reviews/monthly/:month', async (req, res) => {
    const { month } = req.params
    if (monthSpan(month)) res.json(await gatherReasons(accountOf(res.locals), deps, month))
    else res.status(422).json({ error: 'invalid-month', message: 'Write a month such as 2026-03.' })
  })

  router.get('/api/reviews/post', async (_req, res) => {
    res.json({ reviews: await gatherPosts(accountOf(res.locals), deps) })
  })

  return router
}
