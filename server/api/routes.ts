import { json, type Response, Router } from 'express'
import { z } from 'zod'
import { type ApiError, DecideRequest, type DecideResponse, type EscalationResponse } from '../../core/contract/api.ts'
import { decide } from '../../core/decide/decide.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import { openEscalation } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import { formOf } from '../../core/policy/form.ts'
import { type Clock, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { gatherInput, standingOf } from '../observe/gather.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { refusalsOf, viewOf } from './escalation-view.ts'
import { answerFailure } from './failures.ts'
import { createTicketCache } from './ticket-cache.ts'
import { readTimeline } from './timeline.ts'

export type ApiDeps = {
  db: Database
  clock: Clock
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
}

const TicketId = z.coerce.number().int().positive()

/**
 * What the sidebar asks the server: a preview of a decision and the state of a ticket's escalation. Both only read.
 * `res.locals.account` says whose tickets may be read; it is set by whoever checked the request's token.
 */
export function apiRoutes({ db, clock, zendeskOf }: ApiDeps): Router {
  const router = Router()
  const tickets = createTicketCache(clock)

  router.post('/api/decide', json({ limit: '1mb' }), async (req, res) => {
    const accountId = accountOf(res)
    const request = DecideRequest.safeParse(req.body)
    if (!request.success) {
      res.status(422).json(notUnderstood(request.error))
      return
    }

    const { ticketId, note } = request.data
    const now = clock.now()
    const state = await inAccount(db, accountId, (tx) => readTicketState(tx, ticketId))
    const open = openEscalation(state)
    const policy = await policyFor(db, accountId, open?.decision.policyVersion ?? null, now)
    try {
      const people = await tickets.get(accountId, ticketId, await zendeskOf(accountId))
      const from = open?.from ?? standingOf(people, policy)
      const decision = decide(policy, gatherFacts(gatherInput(people, note, from, state, now), policy))
      const { firstResponse } = decision.targets
      const respondBy = firstResponse === null ? null : (open?.requestedAt ?? now) + firstResponse * MINUTE_MS
      const answer: DecideResponse = {
        decision,
        completeness: completeness(note, policy.note),
        respondBy: respondBy === null ? null : new Date(respondBy).toISOString(),
      }
      res.json(answer)
    } catch (error) {
      answerFailure(res, error, clock.now())
    }
  })

  router.get('/api/tickets/:id/escalation', async (req, res) => {
    const accountId = accountOf(res)
    const ticketId = TicketId.safeParse(req.params.id)
    if (!ticketId.success) {
      res.status(422).json({ error: 'invalid-ticket', message: 'The ticket in the address must be a whole number.' })
      return
    }

    const policy = await policyFor(db, accountId, null, clock.now())
    const answer: EscalationResponse = await inAccount(db, accountId, async (tx) => {
      const state = await readTicketState(tx, ticketId.data)
      return {
        ticketId: ticketId.data,
        form: formOf(policy),
        escalation: viewOf(state),
        refused: refusalsOf(state),
        timeline: await readTimeline(tx, ticketId.data),
      }
    })
    res.json(answer)
  })

  return router
}

function accountOf(res: Response): number {
  return (res.locals.account as { id: number }).id
}

function notUnderstood({ issues }: z.ZodError): ApiError {
  return {
    error: 'invalid-note',
    message: 'The note could not be understood. Correct what is listed and try again.',
    details: issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  }
}
