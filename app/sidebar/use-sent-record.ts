import { useCallback, useEffect, useState } from 'react'
import type { EscalationResponse } from '../../core/contract/api.ts'
import type { Session } from '../zaf/session.ts'
import { isRefused, isTakenIn, recallSent, rememberSent, restoreText, type SentRecord } from './sent-record.ts'

/** The command whose fate is still open on this ticket, across reloads. */
export function useSentRecord({ subdomain, ticketId, user }: Session, answer: EscalationResponse | null) {
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
      if (!isDone || !isCurrent) return
      if (isRefused(sent, answer)) restoreText(sent, { subdomain, ticketId, userId: user.id }, Date.now())
      remember(null)
    })
    return () => {
      isCurrent = false
    }
  }, [sent, answer, remember, subdomain, ticketId, user.id])

  return { sent, isWaiting: sent !== null, remember }
}
