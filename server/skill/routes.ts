import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express'
import { ulid } from 'ulid'
import { z } from 'zod'
import { EscalationId } from '../../core/contract/escalation-id.ts'
import { type EscalationStory, EscalationsQuery, type EscalationsResponse } from '../../core/contract/escalations.ts'
import {
  actionBody,
  type DetermineResult,
  GenerateNotificationParameters,
  type GenerateNotificationResult,
  RecommendDeescalationParameters,
  type RecommendDeescalationResult,
  TrackProgressParameters,
  type TrackProgressResult,
} from '../../core/contract/skill.ts'
import { CalculateMetricsParameters, type CalculateMetricsResult } from '../../core/contract/skill-metrics.ts'
import { DetermineInput } from '../../core/decide/determine.ts'
import { presentPlan } from '../../core/escalation/state.ts'
import { readKind } from '../../core/notice/words.ts'
import type { Clock } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { calculateMetrics } from '../analytics/calculate-metrics.ts'
import { readTimeline } from '../api/timeline.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { callerOf, mustHave, requireScope } from '../http/api-key-check.ts'
import { Refusal } from '../http/refusal.ts'
import type { JobHandlers, Jobs } from '../jobs/jobs.ts'
import { storeNotices } from '../notify/store.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { determine } from './determine.ts'
import { type Found, findEscalation, findOfTicket } from './find-escalation.ts'
import { generateNotification, markFor } from './generate-notification.ts'
import { listEscalations } from './list-escalations.ts'
import { eventToTell } from './notice-event.ts'
import { settingFor } from './notice-setting.ts'
import { recommendDeescalation } from './recommend-deescalation.ts'
import { storyOf } from './story.ts'
import { trackProgress } from './track-progress.ts'
import { refusalOf } from './zendesk-refusal.ts'

export type SkillDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  accounts: Pick<Accounts, 'get'>
  calendars: Calendars
  handlers: Pick<JobHandlers, 'observe'>
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
}

const TicketId = z.coerce.number<string>('Must be a whole number').int().positive()
const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'Must be 1 to 200 visible characters')
  .optional()

/**
 * What programs ask, below `/api/v1`: the five actions of the escalation skill, and the escalations themselves. Who asks
 * is in `res.locals`, put there by the check of the key.
 */
export function skillRoutes({ db, clock, jobs, accounts, calendars, handlers, zendeskOf }: SkillDeps): Router {
  const router = Router()
  const body = json({ limit: '256kb' })
  const read = requireScope('read')
  const write = requireScope('write')
  const observe = handlers.observe

  router.post('/skill/determine-escalation', read, body, async (req, res) => {
    const input = DetermineInput.parse(req.body)
    const policy = await policyFor(db, accountOf(res), null, clock.now())
    res.json(determine(policy, input, clock.now()) satisfies DetermineResult)
  })

  router.post('/skill/generate-notification', read, body, async (req, res) => {
    const parameters = actionBody('generate-notification', GenerateNotificationParameters).parse(req.body)
    if (parameters.send) mustHave(callerOf(res).apiKey, 'write')
    const accountId = accountOf(res)
    const now = clock.now()
    const { kind } = readKind(parameters.notification_type)!
    const { found, event } = await inAccount(db, accountId, async (tx) => {
      const found = await findEscalation(tx, parameters.escalation_id)
      return { found, event: await eventToTell(tx, kind, found.escalation, now) }
    })
    if (!event) {
      const message = `Nothing has happened to ${found.escalation.id} yet that is told as ${kind}.`
      throw new Refusal(409, 'nothing-to-tell', message)
    }
    const policy = await policyFor(db, accountId, found.escalation.decision.policyVersion, now)
    const setting = await settingFor(kind, found, {
      ...{ calendars: await calendars.of(accountId), zendesk: await zendeskOf(accountId), now },
      zendeskUrl: (await accounts.get(accountId)).zendeskUrl,
    })
    const mark = markFor(callerOf(res).apiKey.id, idempotencyKeyOf(req) ?? ulid(now))
    const { notices, result } = generateNotification(parameters, found.escalation, event, mark, policy, setting)
    if (parameters.send) await inAccount(db, accountId, (tx) => storeNotices(tx, jobs, notices, { accountId, now }))
    res.json(result satisfies GenerateNotificationResult)
  })

  router.post('/skill/track-progress', write, body, async (req, res) => {
    const parameters = actionBody('track-progress', TrackProgressParameters).parse(req.body)
    const asked = { accountId: accountOf(res), key: callerOf(res).apiKey, idempotencyKey: idempotencyKeyOf(req) }
    const result = await trackProgress(parameters, asked, { db, clock, jobs, zendeskOf, observe })
    res.json(result satisfies TrackProgressResult)
  })

  router.post('/skill/calculate-metrics', read, body, async (req, res) => {
    const parameters = actionBody('calculate-metrics', CalculateMetricsParameters).parse(req.body)
    const accountId = accountOf(res)
    const now = clock.now()
    const policy = await policyFor(db, accountId, null, now)
    const setting = { db, accountId, policy, calendars: await calendars.of(accountId), now }
    res.json((await calculateMetrics(parameters, setting)) satisfies CalculateMetricsResult)
  })

  router.post('/skill/recommend-deescalation', read, body, async (req, res) => {
    const parameters = actionBody('recommend-deescalation', RecommendDeescalationParameters).parse(req.body)
    const found = await inAccount(db, accountOf(res), (tx) => findEscalation(tx, parameters.escalation_id))
    res.json(recommendDeescalation(found.escalation, parameters, clock.now()) satisfies RecommendDeescalationResult)
  })

  router.get('/escalations', read, async (req, res) => {
    const query = EscalationsQuery.parse({ ...req.query })
    const page = await inAccount(db, accountOf(res), (tx) => listEscalations(tx, query))
    res.json(page satisfies EscalationsResponse)
  })

  router.get('/escalations/:id', read, async (req, res) => {
    const id = parseAt('id', EscalationId, req.params.id)
    res.json(await tell(accountOf(res), (tx) => findEscalation(tx, id)))
  })

  router.get('/tickets/:id/escalation', read, async (req, res) => {
    const ticketId = parseAt('id', TicketId, req.params.id)
    res.json(await tell(accountOf(res), (tx) => findOfTicket(tx, ticketId)))
  })

  router.use(((error, _req, res, next) => {
    if (!(error instanceof ZendeskError)) return next(error)
    const { refusal, retryAfter } = refusalOf(error, clock.now())
    if (retryAfter !== null) res.set('retry-after', String(retryAfter))
    next(refusal)
  }) satisfies ErrorRequestHandler)

  return router

  async function tell(accountId: number, find: (tx: AccountTransaction) => Promise<Found>): Promise<EscalationStory> {
    const { found, timeline } = await inAccount(db, accountId, async (tx) => {
      const found = await find(tx)
      return { found, timeline: await readTimeline(tx, found.state.ticketId) }
    })
    const now = clock.now()
    const current = await policyFor(db, accountId, null, now)
    const policy = await policyFor(db, accountId, presentPlan(found.escalation).policyVersion, now)
    return storyOf(found, { policy, current, calendars: await calendars.of(accountId), timeline, now })
  }
}

function accountOf(res: Response): number {
  return callerOf(res).account.id
}

/** @throws {Refusal} 422 */
function idempotencyKeyOf(req: Request): string | null {
  return parseAt('Idempotency-Key', IdempotencyKey, req.get('idempotency-key')) ?? null
}

/** A value from the address or the headers; problems name where it stands. @throws {ZodError} */
function parseAt<S extends z.ZodType>(place: string, schema: S, given: unknown): z.output<S> {
  return (z.object({ [place]: schema }).parse({ [place]: given }) as Record<string, z.output<S>>)[place]!
}
