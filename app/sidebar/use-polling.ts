import { useEffect } from 'react'
import { SECOND_MS } from '../../core/units.ts'

const FIRST_MS = 2 * SECOND_MS
const LAST_MS = 30 * SECOND_MS
const GROWTH = 1.5

/** Calls `look` while something is awaited: soon at first, then ever less often, and not at all while nobody sees it. */
export function usePolling(isActive: boolean, look: () => void): void {
  useEffect(() => {
    if (!isActive) return
    let timer: ReturnType<typeof setTimeout> | undefined

    const plan = (ms: number) => {
      timer = setTimeout(() => {
        look()
        plan(Math.min(LAST_MS, ms * GROWTH))
      }, ms)
    }
    const onVisibility = () => {
      clearTimeout(timer)
      if (document.hidden) return
      look()
      plan(FIRST_MS)
    }
    if (!document.hidden) plan(FIRST_MS)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [isActive, look])
}
