import { useCallback, useRef, useState } from 'react'
import { ulid } from 'ulid'
import type { Verb } from '../../core/contract/command.ts'
import { SECOND_MS } from '../../core/units.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Clearance } from './clearance.ts'
import { createCommand } from './command.ts'
import type { Written } from './forms.ts'
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

export type SendRequest<V extends Verb> = {
  verb: V
  part?: string
  ticketId: number
  written: Written<V>
  /** Asked right before sending: what may stand in the way, or what does. */
  askClearance: () => Promise<Clearance | NonNullable<Sending['failed']>>
}

const NOTICEABLE_MS = 2 * SECOND_MS
const IDLE: Sending = { state: 'idle', failed: null, waitSeconds: null }

/** Sends what was written under one command id, which is kept with the draft until the ticket has it. */
export function useSending<V extends Verb>(zaf: Zaf, editor: DraftEditor<Written<V>>) {
  const [sending, setSending] = useState<Sending>(IDLE)
  const isBusy = useRef(false)
  const { draft, setCommandId } = editor

  const send = useCallback(
    async ({ verb, part, ticketId, written, askClearance }: SendRequest<V>): Promise<SentRecord | null> => {
      // The button is disabled only with the next drawing; a double click must not become two commands.
      if (isBusy.current) return null
      isBusy.current = true
      setSending({ state: 'sending', failed: null, waitSeconds: null })
      const id = draft.commandId ?? ulid()
      setCommandId(id)
      try {
        const clearance = await askClearance()
        if ('failure' in clearance) {
          setSending({ ...IDLE, failed: clearance })
          return null
        }
        const command = await createCommand(id, verb, ticketId, written)
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
          ...(part === undefined ? {} : { part }),
          at: outcome.at,
          digest: outcome.landedDigest,
          isEarlierText: outcome.landedDigest !== digest,
          text: { written: draft.written, touched: draft.touched, prefilled: draft.prefilled },
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
