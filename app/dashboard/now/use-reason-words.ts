import type { NowReason } from '../../../core/contract/now.ts'
import type { Instant } from '../../../core/units.ts'
import { useFormats } from '../../i18n/text.tsx'
import { deskTextOr, useDeskText } from '../use-desk-text.ts'

/** What presses, as people say it: "resolution missed 2 h ago". */
export function useReasonWords(asOf: Instant): (reason: NowReason) => string {
  const text = useDeskText()
  const formats = useFormats()
  return ({ kind, at, clock, count }) => {
    const span = formats.span(Math.abs(Date.parse(at) - asOf))
    const name = clock === null ? '' : deskTextOr(text, `clock.${clock}`, clock)
    return text(`now.reason.${kind}`, { span, clock: name, count: count ?? 0 })
  }
}
