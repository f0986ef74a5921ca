import { Router } from 'express'
import type { RateLimits } from '../http/rate-limits.ts'
import type { World } from '../world.ts'
import { articleRoutes } from './article-routes.ts'
import { articleExportRoutes } from './export-routes.ts'
import { HELP_CENTER, suffixed, withHelpCenter } from './gate.ts'
import { placeRoutes } from './place-routes.ts'
import { articleSearchRoutes } from './search-routes.ts'
import { segmentRoutes } from './segment-routes.ts'
import { translationRoutes } from './translation-routes.ts'

/** The Help Center, as agents and programs use it. */
export function helpCenterRoutes(world: World, limits: RateLimits): Router {
  const router = Router()
  router.use([HELP_CENTER, '/api/v2/guide'], withHelpCenter(world), suffixed)
  // Before what takes any word of a path for a language.
  router.use(articleSearchRoutes(world), articleExportRoutes(world, limits), segmentRoutes(world))
  router.use(translationRoutes(world), articleRoutes(world), placeRoutes(world))
  return router
}
