import { z } from 'zod'
import type { EscalationResponse } from '../../core/contract/api.ts'
import { Verb } from '../../core/contract/command.ts'
import { NOTE_FORM } from '../../core/note/note-form.ts'
import type { Instant } from '../../core/units.ts'
import { digestOf } from './command.ts'
import { newDraft } from './draft.ts'
import { createDraftStore, type DraftKey } from './draft-store.ts'
import { formOf, isShaped } from './forms.ts'

/** A command that is in the ticket, for as long as the server has not said what became of it. */
export const SentRecord = z.object({
  commandId: z.string(),
  verb: Verb,
  /** Keeps several of one verb apart, as their drafts are. */
  part: z.string().optional(),
  /** Zendesk's time of the update, ISO 8601. */
  at: z.string(),
  digest: z.string(),
  /** An earlier version is what landed. */
  isEarlierText: z.boolean(),
  /** The text, to go on with when the command is refused. */
  text: z.object({ written: z.unknown(), touched: z.array(z.string()), prefilled: z.array(z.string()) }),
})
export type SentRecord = z.infer<typeof SentRecord>

export function rememberSent(subdomain: string, ticketId: number, records: readonly SentRecord[]): void {
  try {
    const slot = slotOf(subdomain, ticketId)
    if (records.length > 0) localStorage.setItem(slot, JSON.stringify(records))
    else localStorage.removeItem(slot)
  } catch {
    // Without storage a reload forgets that we wait; the server's answer shows the rest.
  }
}

/** Oldest first. */
export function recallSent(subdomain: string, ticketId: number): SentRecord[] {
  try {
    return z.array(SentRecord).parse(JSON.parse(localStorage.getItem(slotOf(subdomain, ticketId)) ?? '[]'))
  } catch {
    return []
  }
}

/** Whether the server's answer already tells what became of the command. */
export async function isTakenIn(sent: SentRecord, answer: EscalationResponse): Promise<boolean> {
  const { escalation, timeline } = answer
  if (isRefused(sent, answer) || answer.stopped?.commandId === sent.commandId) return true
  if (!escalation) return false
  if (escalation.life.taken.includes(sent.commandId)) return true
  const since = Date.parse(sent.at)
  if (sent.verb === 'escalate') {
    return Date.parse(escalation.requestedAt) >= since || (await isItsNote())
  }
  if (sent.verb !== 'amend') return false
  return timeline.some(({ kind, at }) => kind === 'amended' && Date.parse(at) >= since) || isItsNote()

  async function isItsNote(): Promise<boolean> {
    return (await digestOf(NOTE_FORM, escalation!.note)) === sent.digest
  }
}

export function isRefused(sent: SentRecord, { refused }: EscalationResponse): boolean {
  return refused.some(({ commandId }) => commandId === sent.commandId)
}

/** Gives the agent their words back after a refusal, unless they have begun anew. */
export function restoreText(
  { text, verb, part }: SentRecord,
  key: Omit<DraftKey, 'verb' | 'part'>,
  now: Instant,
): void {
  if (!isShaped(formOf(verb), text.written)) return
  const store = createDraftStore({ ...key, verb, ...(part === undefined ? {} : { part }) }, 'refused')
  const { written, touched, prefilled } = text
  if (store.read() === null) store.overwrite({ ...newDraft('refused', now, written), touched, prefilled, revision: 1 })
}

function slotOf(subdomain: string, ticketId: number): string {
  return `baton:sent:${subdomain}:${ticketId}`
}
