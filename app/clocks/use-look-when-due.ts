import { useEffect } from 'react'
import type { ClockView } from '../../core/contract/api.ts'
import { DAY_MS, SECOND_MS } from '../../core/units.ts'

/** What a breach leads to is there a moment later. */
const GRACE_MS = 2 * SECOND_MS

/** Calls `look` once the nearest clock has run out, so that what follows from it shows at once. */
export function useLookWhenDue(nearest: ClockView | undefined, skewMs: number, look: () => void): void {
  const deadline = nearest?.state === 'running' ? nearest.deadline : null
  useEffect(() => {
    if (deadline === null) return
    const waitMs = Date.parse(deadline) - skewMs - Date.now() + GRACE_MS
    // A timer holds 24 days at most; until then there are other looks.
    if (!(waitMs > 0 && waitMs < DAY_MS)) return
    const timer = setTimeout(look, waitMs)
    return () => clearTimeout(timer)
  }, [deadline, skewMs, look])
}
