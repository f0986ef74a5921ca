import { json, type Response, Router } from 'express'
import { DecisionRequest, PostAnswerRequest } from '../../core/contract/reviews.ts'
import { monthSpan } from '../../core/review/reasons.ts'
import { inAccount } from '../db/in-account.ts'
import { type DeskSession, requireRole } from '../desk/session.ts'
import { Refusal } from '../http/refusal.ts'
import { decideInWeek } from './decide.ts'
import { gatherAgenda, gatherPosts, gatherReasons, type ReviewDeps } from './gather.ts'
import { keepAnswers } from './store.ts'

/**
 * Reviews on the page, for those who lead. What they decide and answer is recorded in the name that Zendesk's signature
 * proved; nothing else records here.
 */
export function deskReviewRoutes(deps: ReviewDeps): Router {
  const router = Router()
  router.use('/desk/reviews', requireRole('lead', 'admin'))

  router.get('/desk/reviews/weekly', async (_req, res) => {
    res.json(await gatherAgenda(accountOf(res), deps, { keep: false }))
  })

  // Whoever decides holds the review: the agenda is kept as it stands, so that next week's is compared with it.
  router.post('/desk/reviews/weekly/decisions', json(), async (req, res) => {
    const { escalationId, decision, note } = DecisionRequest.parse(req.body)
    if (decision === 'note' && note.trim() === '') throw new Refusal(422, 'note-missing', 'A note says something.')
    const kept = await gatherAgenda(accountOf(res), deps, { keep: true })
    if (!kept.items.some((item) => item.escalationId === escalationId)) {
      throw new Refusal(409, 'not-on-agenda', `${escalationId} is in order by now, so there is nothing to decide.`)
    }
    await decideInWeek(accountOf(res), deps, { escalationId, decision, note, by: nameOf(res), week: kept.week })
    res.json(await gatherAgenda(accountOf(res), deps, { keep: false }))
  })

  router.post('/desk/reviews/weekly', async (_req, res) => {
    res.json(await gatherAgenda(accountOf(res), deps, { keep: true }))
  })

  router.get('/desk/reviews/monthly/:month', async (req, res) => {
    if (!monthSpan(req.params.month)) throw new Refusal(422, 'invalid-month', 'Write a month such as 2026-03.')
    res.json(await gatherReasons(accountOf(res), deps, req.params.month))
  })

  router.get('/desk/reviews/post', async (_req, res) => {
    res.json({ reviews: await gatherPosts(accountOf(res), deps) })
  })

  router.post('/desk/reviews/post', json(), async (req, res) => {
    const { escalationId, answers, done } = PostAnswerRequest.parse(req.body)
    const accountId = accountOf(res)
    const review = (await gatherPosts(accountId, deps)).find((one) => one.escalationId === escalationId)
    if (!review) throw new Refusal(409, 'no-review', `${escalationId} calls for no review.`)
    const kept = { answers, done: done ? nameOf(res) : null, dueAt: review.dueAt, now: deps.clock.now() }
    await inAccount(deps.db, accountId, (tx) => keepAnswers(tx, accountId, escalationId, kept))
    res.json({ reviews: await gatherPosts(accountId, deps) })
  })

  return router
}

function accountOf(res: Response): number {
  return (res.locals as DeskSession).account.id
}

function nameOf(res: Response): string {
  return (res.locals as DeskSession).person.name
}
