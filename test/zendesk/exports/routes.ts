import { Router } from 'express'
import { allow } from '../http/allow.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { notFound } from '../http/refused.ts'
import type { World } from '../world.ts'
import { allowExport, refuseIfClosed } from './door.ts'
import type { Resource } from './resource.ts'
import { createResources } from './resources.ts'

const PATH = '/api/v2/incremental'
const LARGEST_SAMPLE = 50

/**
 * What changed since a point in time, in the order it changed: by time for all, by cursor for tickets and users, and a
 * small sample that has a bucket of its own.
 * Source: https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/
 */
export function exportRoutes(world: World, limits: RateLimits): Router {
  const router = Router()
  const resources: Record<string, Resource> = createResources(world)

  for (const { name, byTime, byCursor } of Object.values(resources)) {
    const allowed = allowExport(world, limits, name)
    router.get(`${PATH}/${name}`, allowed, (req, res) => void res.json(byTime(req)))
    if (name === 'tickets' || name === 'users') {
      router.get(`${PATH}/${name}/cursor`, allowed, (req, res) => void res.json(byCursor(req)))
    }
  }

  router.get(`${PATH}/:resource/sample`, allow(world, 'incremental exports', 'admin'), (req, res) => {
    const resource = resources[String(req.params.resource)]
    if (!resource) throw notFound()
    refuseIfClosed(world, resource.name)
    limits.countSample(res)
    res.json(resource.byTime(req, LARGEST_SAMPLE))
  })

  return router
}
