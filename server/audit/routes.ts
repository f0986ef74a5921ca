import { Router } from 'express'
import { requireRole } from '../desk/session.ts'
import { readWindow } from '../desk/window.ts'
import { type AuditDeps, gatherAudit } from './gather-audit.ts'

/** Of each pattern the page shows the longest; all are counted. */
const MOST_FINDINGS = 200

/** GET /desk/audit?from&to: what may have moved clocks without moving the problem. For those who lead. */
export function auditRoutes(deps: AuditDeps): Router {
  const router = Router()
  router.get('/desk/audit', requireRole('lead', 'admin'), async (req, res) => {
    const { id } = res.locals.account as { id: number }
    const { patterns, ...audit } = await gatherAudit(id, deps, readWindow(req.query, deps.clock.now()))
    const shown = patterns.map(({ findings, ...one }) => ({ ...one, findings: findings.slice(0, MOST_FINDINGS) }))
    res.json({ ...audit, patterns: shown })
  })
  return router
}
