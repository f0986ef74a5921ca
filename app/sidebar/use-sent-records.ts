import { useCallback, useEffect, useRef, useState } from 'react'
import type { EscalationResponse } from '../../core/contract/api.ts'
import type { Session } from '../zaf/session.ts'
import { isRefused, isTakenIn, recallSent, rememberSent, restoreText, type SentRecord } from './sent-record.ts'

/** The commands whose fate is still open on this ticket, oldest first, across reloads. */
export function useSentRecords({ subdomain, ticketId, user }: Session, answer: EscalationResponse | null) {
  const [sent, setSent] = useState(() => recallSent(subdomain, ticketId))
  const latest = useRef(sent)

  const change = useCallback(
    (alter: (records: readonly SentRecord[]) => SentRecord[]) => {
      latest.current = alter(latest.current)
      rememberSent(subdomain, ticketId, latest.current)
      setSent(latest.current)
    },
    [subdomain, ticketId],
  )
  const remember = useCallback((record: SentRecord) => change((records) => [...records, record]), [change])

  useEffect(() => {
    if (sent.length === 0 || !answer) return
    let isCurrent = true
    Promise.all(sent.map(async (record) => ({ record, isDone: await isTakenIn(record, answer) }))).then((found) => {
      const done = found.filter(({ isDone }) => isDone).map(({ record }) => record)
      if (done.length === 0 || !isCurrent) return
      for (const record of done) {
        if (isRefused(record, answer)) restoreText(record, { subdomain, ticketId, userId: user.id }, Date.now())
      }
      change((records) => records.filter((record) => !done.includes(record)))
    })
    return () => {
      isCurrent = false
    }
  }, [sent, answer, change, subdomain, ticketId, user.id])

  return { sent, remember }
}
