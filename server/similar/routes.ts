import { json, type Response, Router } from 'express'
import type { z } from 'zod'
import {
  FindSimilarParameters,
  type FindSimilarResult,
  SimilarAnswer,
  SimilarRequest,
  type SimilarResponse,
} from '../../core/contract/similar.ts'
import { problemOf } from '../../core/similar/past-case.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { callerOf, requireScope } from '../http/api-key-check.ts'
import { policyFor } from '../observe/policy-for.ts'
import { keepAnswer } from './keep-answer.ts'
import type { Similar } from './similar.ts'

export type SimilarRoutesDeps = { db: Database; clock: Clock; similar: Similar }

const CARDS = 3

/**
 * What the sidebar asks while a note is written: past escalations like it, and what they suggest. What is said of those
 * changes no ticket: it is about what is shown. `res.locals.account` says whose they are.
 */
export function similarRoutes({ db, clock, similar }: SimilarRoutesDeps): Router {
  const router = Router()

  router.post('/api/similar', json({ limit: '1mb' }), async (req, res) => {
    const request = SimilarRequest.safeParse(req.body)
    if (!request.success) return refuse(res, request.error)
    const { ticketId, note } = request.data
    const policy = await policyFor(db, accountOf(res), null, clock.now())
    const asked = { problem: problemOf(note), limit: CARDS, ticketId, policy }
    res.json((await similar.find(accountOf(res), asked)) satisfies SimilarResponse)
  })

  router.post('/api/similar/answers', json({ limit: '10kb' }), async (req, res) => {
    const answer = SimilarAnswer.safeParse(req.body)
    if (!answer.success) return refuse(res, answer.error)
    await keepAnswer(db, accountOf(res), answer.data, clock.now())
    res.status(204).end()
  })

  return router

  function refuse(res: Response, { issues }: z.ZodError): void {
    const details = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    res.status(422).json({ error: 'invalid', message: 'Some values are not as they must be.', details })
  }
}

/** The same for programs, below `/api/v1`: a problem in words. */
export function findSimilarRoutes({ db, clock, similar }: SimilarRoutesDeps): Router {
  const router = Router()

  router.post('/find-similar', requireScope('read'), json({ limit: '256kb' }), async (req, res) => {
    const { summary, description, component, limit } = FindSimilarParameters.parse(req.body)
    const { id } = callerOf(res).account
    const policy = await policyFor(db, id, null, clock.now())
    const asked = { problem: { summary, body: description, component }, limit, ticketId: null, policy }
    res.json((await similar.find(id, asked)) satisfies FindSimilarResult)
  })

  return router
}

function accountOf(res: Response): number {
  return (res.locals.account as { id: number }).id
}
