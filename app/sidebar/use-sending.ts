import { useCallback, useRef, useState } from 'react'
import { ulid } from 'ulid'
import type { Note } from '../../core/note/note.ts'
import { SECOND_MS } from '../../core/units.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Clearance } from './clearance.ts'
import { createCommand } from './command.ts'
import { sendCommand } from './send.ts'
import type { SendFailure } from './send-plan.ts'
import type { SentRecord } from './sent-record.ts'
import type { DraftEditor } from './use-draft.ts'

export type Sending = {
  state: 'idle' | 'sending'
  failed: { failure: SendFailure; detail: string | null } | null
  /** Seconds until the next try, when the agent will notice the wait. */
  waitSeconds: number | null
}

export type SendRequest = {
  verb: 'escalate' | 'amend'
  ticketId: number
  note: Note
  /** Asked right before sending: what may stand in the way, or who was faster. */
  askClearance: () => Promise<Clearance | { takenBy: string }>
}

const NOTICEABLE_MS = 2 * SECOND_MS
const IDLE: Sending = { state: 'idle', failed: null, waitSeconds: null }

/** Sends the note under one command id, which is kept with the draft until the ticket has it. */
export function useSending(zaf: Zaf, editor: DraftEditor) {
  const [sending, setSending] = useState<Sending>(IDLE)
  const isBusy = useRef(false)
  const { draft, setCommandId } = editor

  const send = useCallback(
    async ({ verb, ticketId, note, askClearance }: SendRequest): Promise<SentRecord | null> => {
      // The button is disabled only with the next drawing; a double click must not become two commands.
      if (isBusy.current) return null
      isBusy.current = true
      setSending({ state: 'sending', failed: null, waitSeconds: null })
      const id = draft.commandId ?? ulid()
      setCommandId(id)
      try {
        const clearance = await askClearance()
        if ('takenBy' in clearance) {
          setSending({ ...IDLE, failed: { failure: 'already-escalated', detail: clearance.takenBy } })
          return null
        }
        const command = await createCommand(id, verb, ticketId, note)
        const outcome = await sendCommand(zaf, command, {
          clearance,
          onWait: (ms) =>
            setSending({
              state: 'sending',
              failed: null,
              waitSeconds: ms >= NOTICEABLE_MS ? Math.round(ms / SECOND_MS) : null,
            }),
        })
        if (outcome.kind === 'not-sent') {
          setSending({ ...IDLE, failed: outcome })
          return null
        }
        setSending(IDLE)
        const { digest } = command.envelope
        return {
          commandId: id,
          verb,
          at: outcome.at,
          digest: outcome.landedDigest,
          isEarlierText: outcome.landedDigest !== digest,
          text: { note: draft.note, touched: draft.touched, prefilled: draft.prefilled },
        }
      } catch {
        setSending({ ...IDLE, failed: { failure: 'unreachable', detail: null } })
        return null
      } finally {
        isBusy.current = false
      }
    },
    [zaf, draft, setCommandId],
  )

  return { sending, send }
}
