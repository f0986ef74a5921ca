import { json, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { DraftRequest, type TicketDrafts } from '../../core/contract/article-drafts.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { Refusal } from '../http/refusal.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { currentPolicy } from '../policy/store.ts'
import { manageKnowledge } from './manage.ts'

export type TicketDraftDeps = { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueueAll'> }

const TicketId = z.coerce.number().int().positive()

/**
 * Drafts of a ticket's escalation, for the sidebar. A session proves the account and not the person, which is enough to have a
 * draft written: agents alone see it, it is written once, and nobody is named for it.
 */
export function ticketDraftRoutes(deps: TicketDraftDeps): Router {
  const router = Router()
  const { db, clock } = deps

  router.get('/api/tickets/:id/article-drafts', async (req, res) => {
    const { id } = await resolvedIn(req, res)
    res.json(await draftsOf(accountOf(res), id))
  })

  router.post('/api/tickets/:id/article-drafts', json({ limit: '1kb' }), async (req, res) => {
    const { form } = DraftRequest.parse(req.body ?? {})
    const { id } = await resolvedIn(req, res)
    await manageKnowledge(accountOf(res), deps).draft(id, { form, by: 'an agent' })
    res.status(202).json(await draftsOf(accountOf(res), id))
  })

  return router

  /** @throws {Refusal} 404, 422 */
  async function resolvedIn(req: Request, res: Response): Promise<Escalation> {
    const ticketId = TicketId.safeParse(req.params.id)
    if (!ticketId.success) throw new Refusal(422, 'invalid-ticket', 'The ticket in the address must be a whole number.')
    const { escalations } = await inAccount(db, accountOf(res), (tx) => readTicketState(tx, ticketId.data))
    const resolved = escalations.findLast(({ resolution }) => resolution !== null)
    if (!resolved) throw new Refusal(404, 'not-resolved', 'Nothing was resolved in this ticket.')
    return resolved
  }

  async function draftsOf(accountId: number, escalationId: string): Promise<TicketDrafts> {
    const { knowledge } = await currentPolicy(db, accountId, clock.now())
    const drafts = await inAccount(db, accountId, (tx) =>
      tx
        .selectFrom('article_draft')
        .select(['form', 'standing', 'title', 'url', 'trouble'])
        .where('escalation_id', '=', escalationId)
        .orderBy('form')
        .execute(),
    )
    return { escalationId, canDraft: knowledge.drafts !== null, drafts }
  }
}

function accountOf(res: Response): number {
  return (res.locals.account as { id: number }).id
}
