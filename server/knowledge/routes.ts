import { json, Router } from 'express'
import { z } from 'zod'
import { DraftRequest } from '../../core/contract/article-drafts.ts'
import { EscalationId } from '../../core/contract/escalation-id.ts'
import {
  type ArticleDebtResponse,
  type DeflectionResponse,
  type PatternResponse,
  type PatternsResponse,
  SettleRequest,
} from '../../core/contract/knowledge.ts'
import { Instant } from '../../core/contract/report.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { Refusal } from '../http/refusal.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { gatherDebts } from './gather-debts.ts'
import { gatherDeflection } from './gather-deflection.ts'
import { manageKnowledge } from './manage.ts'
import { createPatterns, type Patterns } from './patterns.ts'
import { iso, patternView } from './present.ts'

export type KnowledgeDeps = { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueueAll'>; patterns?: Patterns }

/**
 * What was learned, for the page: patterns, what could have been deflected, articles that are owed. Behind its sign-in:
 * `res.locals.account` says whose, `res.locals.person` who asks.
 */
export function knowledgeRoutes({ patterns: given, ...deps }: KnowledgeDeps): Router {
  const router = Router()
  const { db, clock } = deps
  const patterns = given ?? createPatterns(db, clock)

  router.get('/desk/patterns', async (_req, res) => {
    const found = await patterns.of(accountOf(res.locals))
    const now = clock.now()
    const inOne = found.patterns.reduce((sum, { cases }) => sum + cases.length, 0)
    const answer: PatternsResponse = {
      patterns: found.patterns.map((pattern) => patternView(pattern, now)),
      ...{ cases: found.cases.length, single: found.cases.length - inOne, asOf: iso(now) },
    }
    res.json(answer)
  })

  router.get('/desk/patterns/:id', async (req, res) => {
    const found = await patterns.of(accountOf(res.locals))
    const pattern = found.patterns.find(({ id }) => id === req.params.id)
    if (!pattern) throw new Refusal(404, 'pattern-not-found', 'There is no such pattern (any more). Look at the list.')
    const answer: PatternResponse = {
      ...patternView(pattern, clock.now()),
      escalations: pattern.cases.toReversed().map((one) => ({
        ...{ escalationId: one.escalationId, ticketId: one.ticketId, summary: one.summary, rootCause: one.rootCause },
        ...{ fix: one.fix, code: one.code, requestedAt: iso(one.requestedAt), resolvedAt: iso(one.resolvedAt) },
        ...{ couldBeLower: one.couldBeLower, articleUrl: one.articleUrl },
      })),
    }
    res.json(answer)
  })

  router.get('/desk/deflection', async (req, res) => {
    const { from, to } = z.strictObject({ from: Instant, to: Instant }).parse({ ...req.query })
    const window = { from: Date.parse(from), to: Date.parse(to) }
    if (window.from >= window.to) {
      throw new Refusal(422, 'invalid', 'Some values are not as they must be.', [
        { path: 'to', message: 'Must lie after `from`' },
      ])
    }
    const answer: DeflectionResponse = await gatherDeflection(accountOf(res.locals), window, { db, clock, patterns })
    res.json(answer)
  })

  router.get('/desk/article-debt', async (req, res) => {
    const { all } = z.strictObject({ all: z.enum(['true', 'false']).default('false') }).parse({ ...req.query })
    const deps = { db, clock, patterns }
    const answer: ArticleDebtResponse = await gatherDebts(accountOf(res.locals), { all: all === 'true' }, deps)
    res.json(answer)
  })

  router.post('/desk/article-debt/:escalationId/draft', json(), async (req, res) => {
    const { form } = DraftRequest.parse(req.body ?? {})
    await manageOf(res.locals).draft(EscalationId.parse(req.params.escalationId), { form, by: personOf(res.locals) })
    res.status(202).json({ form })
  })

  router.post('/desk/article-debt/:escalationId/settle', json(), async (req, res) => {
    const given = SettleRequest.parse(req.body)
    const escalationId = EscalationId.parse(req.params.escalationId)
    await manageOf(res.locals).settle(escalationId, { ...given, by: personOf(res.locals) })
    res.json({ escalationId })
  })

  return router

  function manageOf(locals: Record<string, unknown>) {
    return manageKnowledge(accountOf(locals), deps)
  }
}

function accountOf(locals: Record<string, unknown>): number {
  return (locals.account as { id: number }).id
}

function personOf(locals: Record<string, unknown>): string {
  return (locals.person as { name: string } | undefined)?.name ?? 'somebody'
}
