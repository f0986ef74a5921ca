import { useEffect, useState } from 'react'
import { type Instant, MINUTE_MS } from '../../core/units.ts'

/** The time, fresh enough for "in 40 min". */
export function useNow(everyMs = MINUTE_MS / 2): Instant {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
