import type { EffectFact } from '../../core/escalation/facts.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import type { Clock, Instant } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { Installation } from '../admin/installation.ts'
import { tellCustomer } from '../customer/tell-customer.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { isAway } from '../db/is-away.ts'
import { applyFacts } from '../engine/engine.ts'
import type { FollowUp } from '../engine/follow-up.ts'
import type { KeptEffect } from '../engine/record.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { carryOutIncident } from '../incident/carry-out.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import { draftArticle } from '../knowledge/draft-article.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { ZendeskLog } from '../zendesk/log.ts'
import { type CarriedOut, carryOut } from './carry-out.ts'
import { outcomeOf } from './outcome.ts'
import { Refused } from './refused.ts'

export type ActDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  accounts: Pick<Accounts, 'get'>
  calendars: Calendars
  followUp: FollowUp
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
  log: ZendeskLog
}

type Pending = { effect: KeptEffect; attempts: number; isReplaced: boolean }

/**
 * Carries out one effect. Safe to run twice: a settled effect is skipped, and one whose update reached the ticket before
 * the server could note it is recognised by the mark it left there.
 */
export async function act(payload: JobPayloads['act'], deps: ActDeps): Promise<void> {
  const { accountId, effectId } = payload
  const pending = await inAccount(deps.db, accountId, (tx) => findPending(tx, effectId))
  if (!pending) return
  const { effect } = pending
  const waitsUntil = effect.kind === 'tell-ticket' ? effect.notBefore : null
  if (waitsUntil !== null && waitsUntil > deps.clock.now()) {
    await inAccount(deps.db, accountId, (tx) => deps.jobs.enqueue(tx, 'act', payload, { runAt: waitsUntil }))
    return
  }
  const attempts = pending.attempts + 1

  try {
    if (pending.isReplaced) throw new Refused('replaced', 'A newer step of the same escalation took its place.')
    const { installation } = await deps.accounts.get(accountId)
    const zendesk = await deps.zendeskOf(accountId)
    const { differences, wasPublic } = await inZendesk(effect, { accountId, zendesk, installation }, deps)
    if (wasPublic) deps.log.warn({ event: 'comment.was-public', accountId, ticketId: effect.ticketId, effectId })
    if (differences.length > 0) {
      const fields = differences.map(({ field }) => field)
      deps.log.warn({ event: 'ticket.differs', accountId, ticketId: effect.ticketId, effectId, fields })
    }
    await settle(payload, effect, attempts, { state: 'done', differences, wasPublic }, null, deps)
  } catch (error) {
    // Says nothing about the effect. The queue tries again, and what was done is recognised then.
    if (isAway(error)) throw error
    if (isHeldBack(error)) {
      await inAccount(deps.db, accountId, (tx) => deps.jobs.enqueue(tx, 'act', payload, { runAt: error.retryAt }))
      return
    }
    const outcome = outcomeOf(error, attempts)
    const isRateLimited = error instanceof ZendeskError && error.failure === 'rate-limited'
    const runAt = isRateLimited && outcome.state === 'retrying' ? error.retryAt : null
    await settle(payload, effect, attempts, outcome, runAt, deps)
    deps.log.info({ event: `effect.${outcome.state}`, accountId, ticketId: effect.ticketId, effectId, attempts })
    if (outcome.state !== 'refused' && runAt === null) throw error
  }
}

type Target = { accountId: number; zendesk: ZendeskClient; installation: unknown }

/** In public is carried out elsewhere, so that `carryOut` may make private whatever it finds in public. */
async function inZendesk(effect: KeptEffect, target: Target, { db, clock, jobs }: ActDeps): Promise<CarriedOut> {
  const { accountId, zendesk, installation } = target
  switch (effect.kind) {
    case 'tell-customer':
      await tellCustomer(effect, zendesk, await policyFor(db, accountId, effect.policyVersion, clock.now()))
      // The ticket tells that they were told: promises and the clock for telling them follow from that.
      await inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'observe', { accountId, ticketId: effect.ticketId }))
      break
    case 'open-problem':
    case 'link-incident':
    case 'unlink-incident':
    case 'solve-problem': {
      const policy = await policyFor(db, accountId, null, clock.now())
      await carryOutIncident(effect, accountId, { db, clock, jobs, zendesk, policy })
      break
    }
    case 'draft-article': {
      const policy = await policyFor(db, accountId, null, clock.now())
      await draftArticle(effect, accountId, { db, clock, jobs, zendesk, policy })
      break
    }
    default:
      return carryOut(effect, zendesk, Installation.parse(installation))
  }
  return { differences: [], wasPublic: false }
}

/** Zendesk was not even asked: our own share of its rate limit is spent for the moment. That is no try. */
function isHeldBack(error: unknown): error is ZendeskError & { retryAt: Instant } {
  return (
    error instanceof ZendeskError && error.failure === 'rate-limited' && error.status === null && error.retryAt !== null
  )
}

/** An effect that is still to be carried out; one that failed may be, when somebody puts its job back. */
async function findPending(tx: AccountTransaction, effectId: string): Promise<Pending | null> {
  const row = await tx
    .selectFrom('effect')
    .select(['payload', 'attempts', 'ticket_id'])
    .where('id', '=', effectId)
    .where('state', 'in', ['pending', 'failed'])
    .executeTakeFirst()
  if (!row) return null
  const effect = row.payload as KeptEffect
  const { escalations } = await readTicketState(tx, row.ticket_id)
  const escalation = escalations.find(({ id }) => id === effect.escalationId)
  return { effect, attempts: row.attempts, isReplaced: escalation !== undefined && isReplacedIn(escalation, effect) }
}

/** What came after it says more: a newer route, or a newer stage. */
function isReplacedIn({ routing, stage }: Escalation, effect: KeptEffect): boolean {
  if (effect.kind === 'route-ticket') return routing.effectId !== effect.id
  return effect.kind === 'show-stage' && effect.fields.stage !== stage
}

/** Notes the outcome with the effect and folds it into the ticket; `runAt` queues the next try for when Zendesk asked. */
async function settle(
  payload: JobPayloads['act'],
  effect: KeptEffect,
  attempts: number,
  outcome: EffectFact['outcome'],
  runAt: Instant | null,
  deps: ActDeps,
): Promise<void> {
  const { db, clock, jobs } = deps
  const { accountId } = payload
  const { ticketId, id } = effect
  const calendars = await deps.calendars.of(accountId)
  const now = clock.now()
  await inAccount(db, accountId, async (tx) => {
    const isSettled = outcome.state !== 'retrying'
    await tx
      .updateTable('effect')
      .set({
        attempts,
        state: outcome.state === 'retrying' ? 'pending' : outcome.state,
        last_error: outcome.state === 'done' ? null : outcome.reason,
        settled_at: isSettled ? now : null,
      })
      .where('id', '=', id)
      .execute()
    const fact: EffectFact = { kind: 'effect', effectId: id, at: now, outcome }
    await applyFacts(tx, jobs, { accountId, ticketId, facts: [fact], now, calendars, followUp: deps.followUp })
    if (runAt !== null) await jobs.enqueue(tx, 'act', payload, { runAt })
  })
}
