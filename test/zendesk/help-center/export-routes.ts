import { type Request, Router } from 'express'
import { allow } from '../http/allow.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { badParameter } from '../http/refused.ts'
import { seconds } from '../http/times.ts'
import type { World } from '../world.ts'
import { HELP_CENTER } from './gate.ts'
import { presentArticle } from './present.ts'

const PATH = `${HELP_CENTER}/incremental/articles`
const LARGEST_PAGE = 1000

/** Articles that changed since a point in time, drafts too; it counts with the other incremental exports. */
export function articleExportRoutes(world: World, limits: RateLimits): Router {
  const router = Router()

  router.get(PATH, allow(world, 'incremental exports', 'admin'), (req, res) => {
    limits.countExport(res)
    const start = Number(req.query.start_time)
    if (!/^\d+$/.test(String(req.query.start_time))) throw badParameter('start_time', PATH.slice(1))
    const changed = Object.values(world.state.help_center.articles)
      .filter(({ updated_at }) => seconds(updated_at) >= start)
      .toSorted((a, b) => a.updated_at - b.updated_at || a.id - b.id)
    const isLast = changed.length <= LARGEST_PAGE
    // Whoever goes on from the last second of a full page gets its rows again; a second is never cut in two.
    const end = isLast ? null : seconds(changed[LARGEST_PAGE - 1]!.updated_at)
    const page = end === null ? changed : changed.filter(({ updated_at }) => seconds(updated_at) <= end)
    const last = page.at(-1)
    res.json({
      articles: page.map((one) => presentArticle(world, one, one.source_locale)),
      count: changed.length,
      end_time: last ? seconds(last.updated_at) : start,
      next_page: end === null || end === start ? null : linkTo(world, req, end),
    })
  })

  return router
}

function linkTo(world: World, req: Request, start: number): string {
  const url = new URL(req.originalUrl, world.url)
  url.searchParams.set('start_time', String(start))
  return url.toString()
}
