import type { MeasureValue } from '../../../core/contract/report.ts'
import { Empty } from '../tile/States.tsx'
import { useDeskText } from '../use-desk-text.ts'

/** Nothing to draw, and why if the report says so. */
export function NoValues({ value }: { value: MeasureValue | undefined }) {
  const text = useDeskText()
  const reason = value?.reason
  return reason ? (
    <Empty title={text('figure.none')}>{reason}</Empty>
  ) : (
    <Empty title={text('empty.title')}>{text('empty.text')}</Empty>
  )
}
