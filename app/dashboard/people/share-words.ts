import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'

type Share = { count: number; of: number; low: number; high: number }

/** "3 of 25 (95 % sure: 4 % to 30 %)". */
export function useShareWords(): (share: Share) => string {
  const text = useDeskText()
  const format = useValueFormat('share')
  return ({ count, of, low, high }) =>
    of === 0
      ? text('monthly.unjudged')
      : text('monthly.share', { count, of, low: format.value(low), high: format.value(high) })
}
