import type { Report, ReportDimension } from '../../../core/contract/report.ts'
import { useDays } from '../tile/use-days.ts'
import { deskTextOr, useDeskText } from '../use-desk-text.ts'

/** What a value of a dimension is called. */
export function useNames(): (
  report: Pick<Report, 'labels'>,
  dimension: ReportDimension,
  value: string | null,
) => string {
  const text = useDeskText()
  const days = useDays()
  return (report, dimension, value) => {
    if (value === null || value === '') return text(`nothing.${dimension === 'agent' ? 'agent' : 'other'}`)
    if (dimension === 'week') return days.week(value)
    if (dimension === 'tier') return text('tier.name', { tier: value })
    const known = report.labels[dimension]?.[value]
    return known ?? deskTextOr(text, `${dimension}.${value}`, value.replaceAll('_', ' '))
  }
}
