import type { NowRow } from '../../../core/contract/now.ts'
import type { Instant } from '../../../core/units.ts'
import { useReasonWords } from '../now/use-reason-words.ts'

/** Why it presses, in one sentence. */
export function Reasons({ row: { reasons }, asOf }: { row: NowRow; asOf: Instant }) {
  const words = useReasonWords(asOf)
  return <>{reasons.map(words).join('; ')}</>
}
