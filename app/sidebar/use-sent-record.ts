import { useCallback, useEffect, useState } from 'react'
import type { EscalationResponse } from '../../core/contract/api.ts'
import { isTakenIn, recallSent, rememberSent, type SentRecord } from './sent-record.ts'

/** The command whose fate is still open on this ticket, across reloads. */
export function useSentRecord(subdomain: string, ticketId: number, answer: EscalationResponse | null) {
  const [sent, setSent] = useState(() => recallSent(subdomain, ticketId))

  const remember = useCallback(
    (record: SentRecord | null) => {
      rememberSent(subdomain, ticketId, record)
      setSent(record)
    },
    [subdomain, ticketId],
  )

  useEffect(() => {
    if (!sent || !answer) return
    let isCurrent = true
    isTakenIn(sent, answer).then((isDone) => {
      if (isDone && isCurrent) remember(null)
    })
    return () => {
      isCurrent = false
    }
  }, [sent, answer, remember])

  return { sent, isWaiting: sent !== null, remember }
}
