import { useCallback, useEffect, useState } from 'react'

type LifeParts = typeof import('../life/Life.tsx')

export type LifeQuery = {
  /** Null until they are loaded. */
  parts: LifeParts | null
  hasFailed: boolean
  retry: () => void
}

/** What belongs to an open escalation, loaded once there is one: most tickets have none. */
export function useLife(isWanted: boolean): LifeQuery {
  const [parts, setParts] = useState<LifeParts | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish to try again
  useEffect(() => {
    if (!isWanted || parts) return
    let isCurrent = true
    import('../life/Life.tsx').then(
      (loaded) => {
        if (isCurrent) setParts(loaded)
      },
      () => {
        if (isCurrent) setHasFailed(true)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted, parts, tries])

  const retry = useCallback(() => {
    setHasFailed(false)
    setTries((count) => count + 1)
  }, [])
  return { parts, hasFailed, retry }
}
