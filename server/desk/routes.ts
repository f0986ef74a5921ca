import { Router } from 'express'
import { auditRoutes } from '../audit/routes.ts'
import type { Context } from '../context.ts'
import { nowRoutes } from '../now/routes.ts'
import { pressureRoutes } from '../pressure/routes.ts'
import { coachingRoutes } from '../review/coaching-routes.ts'
import { deskReviewRoutes } from '../review/desk-routes.ts'
import { deskAssets } from './assets.ts'
import { choicesRoutes } from './choices.ts'
import { requireDesk } from './session.ts'
import { signInRoutes } from './sign-in.ts'

/**
 * The page in Zendesk's navigation bar. Whatever is mounted at the end is behind a sign-in: `res.locals.account` and
 * `res.locals.person` say who asks, `requireRole('lead', 'admin')` keeps a route for those who lead.
 */
export function deskRoutes(context: Context): Router {
  const router = Router()
  router.use('/desk/assets', deskAssets())
  router.use(signInRoutes(context))
  router.use('/desk', requireDesk(context))
  router.use(auditRoutes(context))
  router.use(choicesRoutes(context))
  router.use(nowRoutes(context))
  router.use(pressureRoutes(context))
  router.use(coachingRoutes(context))
  router.use(deskReviewRoutes(context))
  return router
}
