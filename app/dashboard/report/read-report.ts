import type {
  MeasureDefinition,
  MeasureId,
  MeasureValue,
  Report,
  ReportDimension,
} from '../../../core/contract/report.ts'
import { wallAt } from '../../life/zoned-time.ts'
import { isoWeek, mondayBefore, plusDays } from '../view/window.ts'

export function definitionOf(report: Report, measure: MeasureId): MeasureDefinition | null {
  return report.definitions.find(({ id }) => id === measure) ?? null
}

export type Group = { at: string | null; value: MeasureValue | undefined }

/** The values of a measure by the report's first dimension, in its order; of weeks also those without any. */
export function valuesBy(report: Report, measure: MeasureId): Group[] {
  const dimension = report.by[0]!
  const found = report.groups.map(({ at, values }) => ({ at: at[dimension] ?? null, value: values[measure] }))
  if (dimension !== 'week') return found
  const known = new Map(found.map((group) => [group.at, group]))
  return weeksIn(report).map((week) => known.get(week) ?? { at: week, value: undefined })
}

/** The ISO weeks of the window that have begun, first to last. */
export function weeksIn({ window: { from, to, zone }, asOf }: Report): string[] {
  const end = Math.min(Date.parse(to), Date.parse(asOf) + 1)
  const last = wallAt(end - 1, zone).slice(0, 10)
  const weeks: string[] = []
  for (let day = mondayBefore(wallAt(Date.parse(from), zone).slice(0, 10)); day <= last; day = plusDays(day, 7)) {
    weeks.push(isoWeek(day))
  }
  return weeks
}

/** P0 before P1, tier 1 before tier 2; all else as the report has it. */
const ORDERED: readonly ReportDimension[] = ['severity', 'tier']

/** The values there are of a dimension. */
export function partsOf({ groups }: Report, dimension: ReportDimension): (string | null)[] {
  const parts = [...new Set(groups.map(({ at }) => at[dimension] ?? null))]
  return ORDERED.includes(dimension) ? parts.toSorted() : parts
}
