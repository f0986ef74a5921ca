import { json, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import {
  type ApiError,
  type ClockExplanation,
  DecideRequest,
  type DecideResponse,
  type EscalationResponse,
  type Stopped,
} from '../../core/contract/api.ts'
import { openEscalation, presentPlan } from '../../core/escalation/state.ts'
import { completeness } from '../../core/note/completeness.ts'
import { formOf } from '../../core/policy/form.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { gatherInput, standingOf } from '../observe/gather.ts'
import { answerTo } from '../observe/judge.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { findPast } from '../similar/find-past.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { clockExplanationOf } from './clock-explanation.ts'
import { clockViewsOf } from './clock-view.ts'
import { refusalsOf, stoppedOf, viewOf } from './escalation-view.ts'
import { explanationLanguage } from './explanation-words.ts'
import { answerFailure } from './failures.ts'
import { lifeViewOf } from './life-view.ts'
import { respondByOf } from './respond-by.ts'
import { createTicketCache } from './ticket-cache.ts'
import { readTimeline } from './timeline.ts'
import { createViewers } from './viewers.ts'

export type ApiDeps = {
  db: Database
  clock: Clock
  calendars: Calendars
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
}

const TicketId = z.coerce.number().int().positive()

/**
 * What the sidebar asks the server: a preview of a decision, the state of a ticket's escalation, and why a clock's
 * deadline is when it is. All of it only reads.
 * `res.locals.account` says whose tickets may be read; it is set by whoever checked the request's token, as is
 * `res.locals.claimedUser`, which only chooses what is shown.
 */
export function apiRoutes({ db, clock, calendars, zendeskOf }: ApiDeps): Router {
  const router = Router()
  const tickets = createTicketCache(clock)
  const viewers = createViewers(clock)

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
      const { decision, plan } = answerTo(policy, gatherInput(people, note, from, state, now))
      const { calendarOf } = await calendars.of(accountId)
      const respondBy = respondByOf(state, plan, calendarOf, now)
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
    const ticketId = ticketIdOf(req, res)
    if (ticketId === null) return

    const current = await policyFor(db, accountId, null, clock.now())
    const schedules = await calendars.of(accountId)
    const { state, timeline } = await inAccount(db, accountId, async (tx) => ({
      state: await readTicketState(tx, ticketId),
      timeline: await readTimeline(tx, ticketId),
    }))
    const open = openEscalation(state)
    const now = clock.now()
    // Asked for only where there is something to do, and outside the transaction, which must not wait for Zendesk.
    const viewer = open ? await viewers.get(accountId, res.locals.claimedUser, await zendeskOf(accountId)) : null
    const policy = open ? await policyFor(db, accountId, presentPlan(open).policyVersion, now) : current
    const means = { policy, current, calendarOf: schedules.calendarOf, viewer, now }
    const stopped = await withPast(accountId, stoppedOf(state))
    const answer: EscalationResponse = {
      ticketId,
      form: formOf(current),
      escalation: viewOf(state, (escalation) => lifeViewOf(state, escalation, means)),
      refused: refusalsOf(state),
      stopped,
      timeline,
      asOf: new Date(now).toISOString(),
      clocks: clockViewsOf(state, schedules, now),
    }
    res.json(answer)
  })

  // The id holds slashes: written as %2F, which some proxies between us and the caller turn back.
  router.get('/api/tickets/:id/clocks/*clockId', async (req, res) => {
    const accountId = accountOf(res)
    const ticketId = ticketIdOf(req, res)
    if (ticketId === null) return

    const schedules = await calendars.of(accountId)
    const state = await inAccount(db, accountId, (tx) => readTicketState(tx, ticketId))
    const language = explanationLanguage(req.query.language)
    const answer: ClockExplanation | null = clockExplanationOf(
      state,
      schedules,
      req.params.clockId.join('/'),
      language,
      clock.now(),
    )
    if (answer) res.json(answer)
    else {
      const message = 'The escalation of this ticket has no such clock (any more). Look at the ticket again.'
      res.status(404).json({ error: 'clock-not-found', message })
    }
  })

  return router

  async function withPast(accountId: number, stopped: Stopped | null): Promise<Stopped | null> {
    return stopped && { ...stopped, past: await inAccount(db, accountId, (tx) => findPast(tx, stopped.pastId)) }
  }
}

/** Null when it was not one, which is answered already. */
function ticketIdOf(req: Request, res: Response): number | null {
  const ticketId = TicketId.safeParse(req.params.id)
  if (ticketId.success) return ticketId.data
  res.status(422).json({ error: 'invalid-ticket', message: 'The ticket in the address must be a whole number.' })
  return null
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
