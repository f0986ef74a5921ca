import { z } from 'zod'
import type { EscalationResponse } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'
import { digestOf } from './command.ts'
import { DraftText, newDraft } from './draft.ts'
import { createDraftStore, type DraftKey } from './draft-store.ts'

/** A command that is in the ticket, for as long as the server has not said what became of it. */
export const SentRecord = z.object({
  commandId: z.string(),
  verb: z.enum(['escalate', 'amend']),
  /** Zendesk's time of the update, ISO 8601. */
  at: z.string(),
  digest: z.string(),
  /** An earlier version of the note is what landed. */
  isEarlierText: z.boolean(),
  /** The text, to go on with when the command is refused. */
  text: DraftText,
})
export type SentRecord = z.infer<typeof SentRecord>

export function rememberSent(subdomain: string, ticketId: number, record: SentRecord | null): void {
  try {
    const slot = slotOf(subdomain, ticketId)
    if (record) localStorage.setItem(slot, JSON.stringify(record))
    else localStorage.removeItem(slot)
  } catch {
    // Without storage a reload forgets that we wait; the server's answer shows the rest.
  }
}

export function recallSent(subdomain: string, ticketId: number): SentRecord | null {
  try {
    return SentRecord.parse(JSON.parse(localStorage.getItem(slotOf(subdomain, ticketId)) ?? 'null'))
  } catch {
    return null
  }
}

/** Whether the server's answer already tells what became of the command. */
export async function isTakenIn(sent: SentRecord, answer: EscalationResponse): Promise<boolean> {
  const { escalation, timeline } = answer
  if (isRefused(sent, answer)) return true
  if (!escalation) return false
  if ((await digestOf(escalation.note)) === sent.digest) return true
  const since = Date.parse(sent.at)
  if (sent.verb === 'escalate') return Date.parse(escalation.requestedAt) >= since
  return timeline.some(({ kind, at }) => kind === 'amended' && Date.parse(at) >= since)
}

export function isRefused(sent: SentRecord, { refused }: EscalationResponse): boolean {
  return refused.some(({ commandId }) => commandId === sent.commandId)
}

/** Gives the agent their words back after a refusal, unless they have begun anew. */
export function restoreText({ text, verb }: SentRecord, key: Omit<DraftKey, 'verb'>, now: Instant): void {
  const store = createDraftStore({ ...key, verb }, 'refused')
  if (store.read() === null) store.overwrite({ ...newDraft('refused', now), ...text, revision: 1 })
}

function slotOf(subdomain: string, ticketId: number): string {
  return `baton:sent:${subdomain}:${ticketId}`
}
