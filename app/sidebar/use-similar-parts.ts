import { useEffect, useState } from 'react'

type SimilarParts = typeof import('../similar/parts.tsx')

/** What shows past escalations, loaded once they are wanted; null until then, and where it does not come. */
export function useSimilarParts(isWanted: boolean): SimilarParts | null {
  const [parts, setParts] = useState<SimilarParts | null>(null)
  useEffect(() => {
    if (isWanted) import('../similar/parts.tsx').then(setParts, () => {})
  }, [isWanted])
  return parts
}
