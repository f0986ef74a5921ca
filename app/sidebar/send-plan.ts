import type { Verb } from '../../core/contract/command.ts'
import { SECOND_MS } from '../../core/units.ts'
import type { Clearance } from './clearance.ts'

/** Why a command is not in the ticket, by what the agent would do about it. */
export type SendFailure =
  | 'ticket-closed'
  | 'ticket-gone'
  | 'already-escalated'
  | 'not-now'
  | 'denied'
  | 'signed-out'
  | 'rejected'
  | 'conflict'
  | 'rate-limited'
  | 'unreachable'
  | 'too-long'

/** `landedDigest` tells which text landed, in case an earlier try did so. */
export type SendOutcome =
  | { kind: 'sent'; at: string; landedDigest: string }
  | { kind: 'not-sent'; failure: SendFailure; detail: string | null }

/** What Zendesk answered: to reading the ticket and its audits, or to the update. */
export type SendAnswer =
  | { to: 'read'; result: 'ticket'; status: string; updatedAt: string; tags: string[]; commands: LandedCommand[] }
  | { to: 'update'; result: 'done'; at: string }
  | { to: 'read' | 'update'; result: 'failed'; status: number; retryAfterMs: number | null; detail: string | null }

/** A command envelope found in the ticket's recent audits. */
export type LandedCommand = { id: string; verb: string; digest: string; by: string; at: string }

export type SendStep =
  | { do: 'read'; afterMs: number }
  | { do: 'update'; updatedAt: string; tags: string[] }
  | { do: 'end'; outcome: SendOutcome }

export type SendProgress = {
  command: { id: string; verb: Verb; digest: string }
  clearance: Clearance
  conflicts: number
  silences: number
  limits: number
}

const MOST_TRIES = 5
const MOST_LIMITS = 3
const UPDATE_CONFLICT_PAUSE_MS = 150
const SILENCE_PAUSE_MS = SECOND_MS
const RATE_PAUSE_MS = 10 * SECOND_MS

export function beginSending(command: SendProgress['command'], clearance: Clearance): SendProgress {
  return { command, clearance, conflicts: 0, silences: 0, limits: 0 }
}

/**
 * What to do next. Every way to an update leads through a fresh read of the ticket and its audits, so a command whose
 * fate is unknown is looked for before it is sent again, and can't be sent twice.
 *
 * @param chance 0 to 1, spreads the retries of several agents
 */
export function planNext(progress: SendProgress, answer: SendAnswer, chance: number): [SendProgress, SendStep] {
  if (answer.result === 'done') {
    return [progress, end({ kind: 'sent', at: answer.at, landedDigest: progress.command.digest })]
  }
  if (answer.result === 'ticket') return [progress, afterReading(progress, answer)]
  return afterFailure(progress, answer, chance)
}

function afterReading(
  { command, clearance }: SendProgress,
  ticket: Extract<SendAnswer, { result: 'ticket' }>,
): SendStep {
  const own = ticket.commands.find(({ id }) => id === command.id)
  if (own) return end({ kind: 'sent', at: own.at, landedDigest: own.digest })
  if (ticket.status === 'closed') return fail('ticket-closed')

  const { asOf, refused } = clearance
  const other = ticket.commands.find(
    ({ id, verb, at }) => verb === 'escalate' && !refused.includes(id) && (!asOf || isLater(at, asOf)),
  )
  if (command.verb === 'escalate' && other) return fail('already-escalated', other.by)
  return { do: 'update', updatedAt: ticket.updatedAt, tags: ticket.tags }
}

function afterFailure(
  progress: SendProgress,
  { status, retryAfterMs, detail }: Extract<SendAnswer, { result: 'failed' }>,
  chance: number,
): [SendProgress, SendStep] {
  if (status === 409) {
    const conflicts = progress.conflicts + 1
    const afterMs = UPDATE_CONFLICT_PAUSE_MS * 2 ** conflicts * (0.5 + chance)
    return [{ ...progress, conflicts }, conflicts >= MOST_TRIES ? fail('conflict') : { do: 'read', afterMs }]
  }
  if (status === 429) {
    const limits = progress.limits + 1
    const afterMs = retryAfterMs ?? RATE_PAUSE_MS
    return [{ ...progress, limits }, limits >= MOST_LIMITS ? fail('rate-limited') : { do: 'read', afterMs }]
  }
  if (status === 0 || status === 408 || status >= 500) {
    const silences = progress.silences + 1
    const afterMs = SILENCE_PAUSE_MS * 2 ** (silences - 1) * (0.5 + chance)
    return [{ ...progress, silences }, silences >= MOST_TRIES ? fail('unreachable') : { do: 'read', afterMs }]
  }
  if (status === 422)
    return [progress, /clos(ed|es)/i.test(detail ?? '') ? fail('ticket-closed') : fail('rejected', detail)]
  if (status === 404) return [progress, fail('ticket-gone')]
  if (status === 403) return [progress, fail('denied')]
  if (status === 401) return [progress, fail('signed-out')]
  return [progress, fail('rejected', detail)]
}

function isLater(at: string, than: string): boolean {
  return Date.parse(at) > Date.parse(than)
}

function fail(failure: SendFailure, detail: string | null = null): SendStep {
  return end({ kind: 'not-sent', failure, detail })
}

function end(outcome: SendOutcome): SendStep {
  return { do: 'end', outcome }
}
