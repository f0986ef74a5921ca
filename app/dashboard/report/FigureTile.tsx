import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { Figure } from '../tile/Figure.tsx'
import { useView } from '../view/use-view.ts'
import { MeasureTile } from './MeasureTile.tsx'
import { definitionOf, valuesBy } from './read-report.ts'
import type { ReportQuery } from './use-report.ts'

type FigureTileProps = {
  measure: MeasureId
  query: ReportQuery
  /** With the window before; left out, as the view asks. */
  compares?: boolean
}

/** A measure over the whole window: the value, how sure it is, its target, and how it went. */
export function FigureTile({ measure, query, compares }: FigureTileProps) {
  const { view } = useView()
  return (
    <MeasureTile measure={measure} query={query} height={92}>
      {(report) => <FigureIn report={report} measure={measure} compares={compares ?? view.compares} hasCourse />}
    </MeasureTile>
  )
}

type FigureInProps = {
  report: Report
  measure: MeasureId
  compares: boolean
  /** Shows how it went beside the value; where a chart does, it need not. */
  hasCourse?: boolean
}

export function FigureIn({ report, measure, compares, hasCourse = false }: FigureInProps) {
  const definition = definitionOf(report, measure)
  const value = report.totals[measure]
  if (!definition || !value) return null
  const course = hasCourse ? valuesBy(report, measure).map(({ value }) => value?.value ?? null) : []
  return (
    <Figure
      definition={definition}
      value={value}
      target={report.targets[measure] ?? null}
      trend={(compares && report.trends[measure]) || null}
      course={course}
    />
  )
}
