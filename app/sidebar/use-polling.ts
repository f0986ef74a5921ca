import { useEffect } from 'react'
import { SECOND_MS } from '../../core/units.ts'

/** How soon to look first, and how the waits grow from there. */
export type Pace = { firstMs: number; lastMs: number; growth: number }

/** For what is awaited any moment. */
export const AWAITED: Pace = { firstMs: 2 * SECOND_MS, lastMs: 30 * SECOND_MS, growth: 1.5 }
/** For what may change without anybody here doing something. */
export const WATCHED: Pace = { firstMs: 30 * SECOND_MS, lastMs: 30 * SECOND_MS, growth: 1 }

/** Calls `look` again and again, and not at all while nobody sees what comes of it. */
export function usePolling(pace: Pace | null, look: () => void): void {
  useEffect(() => {
    if (!pace) return
    let timer: ReturnType<typeof setTimeout> | undefined

    const plan = (ms: number) => {
      timer = setTimeout(() => {
        look()
        plan(Math.min(pace.lastMs, ms * pace.growth))
      }, ms)
    }
    const onVisibility = () => {
      clearTimeout(timer)
      if (document.hidden) return
      look()
      plan(pace.firstMs)
    }
    if (!document.hidden) plan(pace.firstMs)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [pace, look])
}
