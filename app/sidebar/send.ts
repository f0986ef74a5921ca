import { z } from 'zod'
import { Envelope } from '../../core/contract/command.ts'
import { RequestError, type Zaf } from '../zaf/client.ts'
import type { Clearance } from './clearance.ts'
import { type Command, fitsIntoComment, ticketUpdate } from './command.ts'
import { beginSending, type LandedCommand, planNext, type SendAnswer, type SendOutcome } from './send-plan.ts'

const TicketAnswer = z.object({
  ticket: z.object({ status: z.string(), updated_at: z.string(), tags: z.array(z.string()).nullish() }),
})

const AuditsAnswer = z.object({
  audits: z.array(
    z.object({
      author_id: z.number(),
      created_at: z.string(),
      metadata: z.object({ custom: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    }),
  ),
  users: z.array(z.object({ id: z.number(), name: z.string() })).nullish(),
})

const UpdateAnswer = z.object({ audit: z.object({ created_at: z.string() }).nullish() })

export type SendOptions = {
  clearance: Clearance
  /** Told before a wait that the agent will notice. */
  onWait?: (ms: number) => void
  wait?: (ms: number) => Promise<void>
}

/**
 * Puts a command into the ticket, in the agent's own Zendesk session, at most once however often it is called with
 * the same command id.
 */
export async function sendCommand(zaf: Zaf, command: Command, options: SendOptions): Promise<SendOutcome> {
  const { clearance, onWait, wait = sleep } = options
  if (!fitsIntoComment(command)) return { kind: 'not-sent', failure: 'too-long', detail: null }

  const { ticket: ticketId, id, verb, digest } = command.envelope
  let progress = beginSending({ id, verb, digest }, clearance)
  let answer = await read(zaf, ticketId)
  for (;;) {
    const [next, step] = planNext(progress, answer, Math.random())
    progress = next
    if (step.do === 'end') return step.outcome
    if (step.do === 'update') {
      answer = await update(zaf, command, step.tags, step.updatedAt)
      continue
    }
    onWait?.(step.afterMs)
    await wait(step.afterMs)
    answer = await read(zaf, ticketId)
  }
}

async function read(zaf: Zaf, ticketId: number): Promise<SendAnswer> {
  try {
    const [ticketAnswer, auditsAnswer] = await Promise.all([
      zaf.request({ url: `/api/v2/tickets/${ticketId}.json`, autoRetry: false }),
      zaf.request({
        url: `/api/v2/tickets/${ticketId}/audits.json?page[size]=100&sort=-created_at&include=users`,
        autoRetry: false,
      }),
    ])
    const { ticket } = TicketAnswer.parse(ticketAnswer)
    return {
      to: 'read',
      result: 'ticket',
      status: ticket.status,
      updatedAt: ticket.updated_at,
      tags: ticket.tags ?? [],
      commands: commandsIn(AuditsAnswer.parse(auditsAnswer), ticketId),
    }
  } catch (error) {
    return failed('read', error)
  }
}

async function update(zaf: Zaf, command: Command, tags: string[], updatedAt: string): Promise<SendAnswer> {
  try {
    const answer = await zaf.request({
      url: `/api/v2/tickets/${command.envelope.ticket}.json`,
      type: 'PUT',
      contentType: 'application/json',
      data: JSON.stringify(ticketUpdate(command, tags, updatedAt)),
      // A retry behind our back could send twice.
      autoRetry: false,
    })
    const result = UpdateAnswer.safeParse(answer)
    return { to: 'update', result: 'done', at: result.data?.audit?.created_at ?? new Date().toISOString() }
  } catch (error) {
    return failed('update', error)
  }
}

/** Newest first. An envelope that was copied from another ticket is nobody's command. */
function commandsIn({ audits, users }: z.infer<typeof AuditsAnswer>, ticketId: number): LandedCommand[] {
  return audits.flatMap(({ author_id, created_at, metadata }) => {
    const { success, data } = Envelope.safeParse(metadata?.custom?.baton)
    if (!success || data.ticket !== ticketId) return []
    const by = users?.find(({ id }) => id === author_id)?.name ?? `#${author_id}`
    return [{ id: data.id, verb: data.verb, digest: data.digest, by, at: created_at }]
  })
}

/** An answer nobody can read counts as none: whether the update was done has to be looked up. */
function failed(to: 'read' | 'update', error: unknown): SendAnswer {
  if (!(error instanceof RequestError)) return { to, result: 'failed', status: 0, retryAfterMs: null, detail: null }
  const { status, retryAfterMs, body } = error
  return { to, result: 'failed', status, retryAfterMs, detail: detailOf(body) }
}

const Refusal = z.object({
  details: z.record(z.string(), z.array(z.object({ description: z.string(), error: z.string().nullish() }))),
})

function detailOf(body: unknown): string | null {
  const { success, data } = Refusal.safeParse(body)
  if (!success) return null
  const entries = Object.values(data.details).flat()
  return entries.map(({ description }) => description).join(' · ') || null
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
