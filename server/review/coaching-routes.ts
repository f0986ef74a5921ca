import { Router } from 'express'
import { monthBefore, monthSpan } from '../../core/review/reasons.ts'
import { requireRole } from '../desk/session.ts'
import { Refusal } from '../http/refusal.ts'
import { gatherReasons, type ReviewDeps } from './gather.ts'

/** GET /desk/coaching?month=2026-03: the review of a month's reasons with what to teach; the last month that is over when none is named. */
export function coachingRoutes(deps: ReviewDeps): Router {
  const router = Router()
  router.get('/desk/coaching', requireRole('lead', 'admin'), async (req, res) => {
    const { id } = res.locals.account as { id: number }
    const month = req.query.month ?? monthBefore(new Date(deps.clock.now()).toISOString().slice(0, 7))
    if (typeof month !== 'string' || !monthSpan(month)) {
      const details = [{ path: 'month', message: 'Write a month such as 2026-03' }]
      throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
    }
    res.json(await gatherReasons(id, deps, month))
  })
  return router
}
