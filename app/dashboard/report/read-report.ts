import type {
  MeasureDefinition,
  MeasureId,
  MeasureValue,
  Report,
  ReportDimension,
} from '../../../core/contract/report.ts'

export function definitionOf(report: Report, measure: MeasureId): MeasureDefinition | null {
  return report.definitions.find(({ id }) => id === measure) ?? null
}

export type Group = { at: string | null; value: MeasureValue | undefined }

/** The values of a measure by the report's first dimension, in its order. */
export function valuesBy({ by, groups }: Report, measure: MeasureId): Group[] {
  return groups.map(({ at, values }) => ({ at: at[by[0]!] ?? null, value: values[measure] }))
}

/** The values there are of a dimension, in the report's order. */
export function partsOf({ groups }: Report, dimension: ReportDimension): (string | null)[] {
  return [...new Set(groups.map(({ at }) => at[dimension] ?? null))]
}
