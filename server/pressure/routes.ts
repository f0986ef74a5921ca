import { Router } from 'express'
import { z } from 'zod'
import { isZone } from '../../core/clock/zones.ts'
import { requireRole } from '../desk/session.ts'
import { readWindow } from '../desk/window.ts'
import { gatherPressure, type PressureDeps } from './gather-pressure.ts'

/** The page shows the most pressed; all are counted. */
const MOST_CASES = 200
const Zone = z.object({ zone: z.string().refine(isZone, 'Must be a time zone such as Europe/Berlin').optional() })

/** GET /desk/pressure?from&to&zone: how much weight from above and from repeated asking there is, and what it displaces. */
export function pressureRoutes(deps: PressureDeps): Router {
  const router = Router()
  router.get('/desk/pressure', requireRole('lead', 'admin'), async (req, res) => {
    const { id } = res.locals.account as { id: number }
    const asked = { ...readWindow(req.query, deps.clock.now()), ...Zone.parse(req.query) }
    const { cases, displaced, ...report } = await gatherPressure(id, deps, asked)
    const jumps = displaced.jumps.slice(0, MOST_CASES)
    res.json({ ...report, displaced: { ...displaced, jumps }, cases: cases.slice(0, MOST_CASES) })
  })
  return router
}
