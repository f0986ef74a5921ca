import { useCallback, useEffect, useRef, useState } from 'react'
import type { EscalationResponse } from '../../core/contract/api.ts'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { BatonApi } from './baton.ts'
import { BatonError, type BatonFailure } from './failure.ts'

export type EscalationQuery = {
  /** Null until the first answer; the last good answer afterwards. */
  answer: EscalationResponse | null
  failure: BatonFailure | null
  /** How far the server's time was ahead of the browser's when it gave that answer. */
  skewMs: number
  /** True when the first answer takes so long that the agent should not wait for it. */
  isSlow: boolean
  /** Asks again now. Resolves with null when the server does not answer. */
  refresh(): Promise<EscalationResponse | null>
}

const NO_ANSWER = { answer: null, skewMs: 0 }
const SLOW_AFTER_MS = 2.5 * SECOND_MS
const RETRY_FIRST_MS = 5 * SECOND_MS
const RETRY_LAST_MS = MINUTE_MS

/** What our server knows of the ticket's escalation. While it is away, asks again at growing intervals. */
export function useEscalation(api: BatonApi, ticketId: number): EscalationQuery {
  const [{ answer, skewMs }, setAnswer] = useState<Pick<EscalationQuery, 'answer' | 'skewMs'>>(NO_ANSWER)
  const [failure, setFailure] = useState<BatonFailure | null>(null)
  const [isSlow, setIsSlow] = useState(false)
  const [failures, setFailures] = useState(0)
  const newest = useRef(0)

  const refresh = useCallback(async () => {
    newest.current += 1
    const mine = newest.current
    try {
      const found = await api.findEscalation(ticketId)
      if (mine === newest.current) {
        setAnswer({ answer: found, skewMs: Date.parse(found.asOf) - Date.now() || 0 })
        setFailure(null)
        setFailures(0)
      }
      return found
    } catch (error) {
      if (mine === newest.current) {
        setFailure(error instanceof BatonError ? error.failure : 'server-down')
        setFailures((count) => count + 1)
      }
      return null
    }
  }, [api, ticketId])

  useEffect(() => {
    refresh()
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [refresh])

  useEffect(() => {
    if (failures === 0) return
    const timer = setTimeout(
      () => {
        if (!document.hidden) refresh()
        else setFailures((count) => count + 1)
      },
      Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** (failures - 1)),
    )
    return () => clearTimeout(timer)
  }, [failures, refresh])

  return { answer, failure, skewMs, isSlow, refresh }
}
