import { createContext, useContext, useEffect, useState } from 'react'
import { type Instant, MINUTE_MS } from '../../core/units.ts'

/** How far the server's time is ahead of the browser's, by its last answer. */
export const SkewContext = createContext(0)

/** The server's time, fresh enough for "in 40 min": what it counts by must not depend on how a laptop's clock is set. */
export function useNow(everyMs = MINUTE_MS / 2): Instant {
  const skewMs = useContext(SkewContext)
  const [, setTicks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return Date.now() + skewMs
}
