import type { MeasureId } from '../../../core/contract/report.ts'

/** What a tile is called before the report that names it has come. */
export function fallbackTitle(measure: MeasureId): string {
  const words = measure.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
