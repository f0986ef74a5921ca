import { ulid } from 'ulid'
import type { Answer } from '../../core/command/forms.ts'
import { STATUS_WORDS, type TrackProgressParameters, type TrackProgressResult } from '../../core/contract/skill.ts'
import { LIFE } from '../../core/escalation/life.ts'
import { type Escalation, openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { Refusal } from '../http/refusal.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import {
  type ApiCommand,
  type Asked,
  findAsked,
  letGo,
  markWritten,
  requestHashOf,
  takeCommand,
} from './api-commands.ts'
import { findEscalation } from './find-escalation.ts'
import { findOwner } from './find-owner.ts'
import { progressFor, writeProgress } from './write-progress.ts'

export type ProgressDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue'>
  zendeskOf(accountId: number): ZendeskClient | Promise<ZendeskClient>
  /** Looks at a ticket now. */
  observe(payload: JobPayloads['observe']): Promise<void>
}

/**
 * Answers `track-progress`: writes the report into the ticket as our own user and looks at it, like at anybody's. The same
 * Idempotency-Key writes it once and gets the answer of its present state.
 */
export async function trackProgress(
  parameters: TrackProgressParameters,
  asked: Asked,
  deps: ProgressDeps,
): Promise<TrackProgressResult> {
  const { accountId } = asked
  const { db, clock } = deps
  const found = await inAccount(db, accountId, (tx) => findEscalation(tx, parameters.escalation_id))
  const { id: escalationId } = found.escalation
  const requestHash = requestHashOf(parameters)

  const before = await findAsked(db, asked)
  if (before && !before.requestHash.equals(requestHash)) throw new Refusal(422, 'idempotency-key-reused', REUSED)
  const command = before?.auditId == null ? await write() : before
  return answerOf(command, escalationId, await inAccount(db, accountId, (tx) => readTicketState(tx, command.ticketId)))

  async function write(): Promise<ApiCommand> {
    mustTakeProgress(found.state, found.escalation)
    const answer = reportOf(parameters.update, clock.now())
    const zendesk = await deps.zendeskOf(accountId)
    const assigneeId = await ownerOf(parameters.update.owner ?? null, found.state.ticketId, zendesk)
    const wanted = {
      id: before?.id ?? ulid(clock.now()),
      ticketId: found.state.ticketId,
      afterAuditId: found.state.lastAuditId,
      requestHash,
    }
    // Refused before anything is kept.
    progressFor(wanted.id, wanted.ticketId, answer, asked.key.name)
    const taken = await takeCommand(db, asked, wanted, clock.now())
    if (!taken) throw new Refusal(409, 'in-progress', UNDER_WAY)
    if (!taken.requestHash.equals(requestHash)) throw new Refusal(422, 'idempotency-key-reused', REUSED)
    return carryOut(taken, answer, assigneeId, zendesk)
  }

  async function carryOut(
    taken: ApiCommand,
    answer: Answer<'progress'>,
    assigneeId: number | null,
    zendesk: ZendeskClient,
  ): Promise<ApiCommand> {
    const { id, ticketId, afterAuditId } = taken
    const look = { accountId, ticketId }
    try {
      const written = progressFor(id, ticketId, answer, asked.key.name)
      const auditId = await writeProgress(zendesk, written, afterAuditId, assigneeId)
      await inAccount(db, accountId, async (tx) => {
        await markWritten(tx, id, auditId)
        // Our own updates fire no trigger of ours.
        await deps.jobs.enqueue(tx, 'observe', look)
      })
      // The job makes up for a look that fails.
      await deps.observe(look).catch(() => {})
      return { ...taken, auditId }
    } catch (error) {
      await inAccount(db, accountId, (tx) => letGo(tx, id)).catch(() => {})
      throw error
    }
  }
}

const REUSED = 'This Idempotency-Key was used for another request. Take a new one for each report.'
const UNDER_WAY = 'The same request is being carried out at this moment. Ask again in a second.'

/** What a person could not say now, a program cannot either; it is told before anything is written. */
function mustTakeProgress(state: TicketState, escalation: Escalation): void {
  const { id, stage } = escalation
  if (openEscalation(state)?.id !== id) {
    throw new Refusal(409, 'escalation-over', `${id} is ${stage}. Escalate the ticket again if it is needed.`)
  }
  if (LIFE.progress.stages.includes(stage)) return
  const advice = stage === 'requested' ? 'Somebody of the queue accepts it first.' : 'It is not worked on now.'
  throw new Refusal(409, 'wrong-stage', `${id} is ${stage}. ${advice}`)
}

function reportOf(update: TrackProgressParameters['update'], now: Instant): Answer<'progress'> {
  const { status, actions_taken, next_steps, root_cause, estimated_resolution } = update
  if (estimated_resolution && Date.parse(estimated_resolution) <= now) {
    const details = [{ path: 'update.estimated_resolution', message: 'Has passed already. Name one to come' }]
    throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
  }
  return {
    status: status ? STATUS_WORDS[status] : null,
    ...{ actions_taken, next_steps, root_cause },
    // Milliseconds say nothing to people, and everybody here reads UTC.
    estimated_resolution: estimated_resolution
      ? new Date(Math.floor(Date.parse(estimated_resolution) / SECOND_MS) * SECOND_MS)
          .toISOString()
          .replace('.000Z', 'Z')
      : '',
  }
}

async function ownerOf(email: string | null, ticketId: number, zendesk: ZendeskClient): Promise<number | null> {
  if (email === null) return null
  const { ticket } = await zendesk.getTicket(ticketId)
  return findOwner(email, ticket.groupId, zendesk)
}

function answerOf(command: ApiCommand, escalationId: string, state: TicketState): TrackProgressResult {
  const refusal = state.refusals.find(({ commandId }) => commandId === command.id)
  const isRead = state.commands.includes(command.id)
  return {
    action: 'track-progress',
    escalation_id: escalationId,
    ticket_id: command.ticketId,
    command_id: command.id,
    outcome: refusal ? 'refused' : isRead ? 'recorded' : 'pending',
    detail: refusal?.detail ?? null,
    stage: state.escalations.find(({ id }) => id === escalationId)!.stage,
  }
}
