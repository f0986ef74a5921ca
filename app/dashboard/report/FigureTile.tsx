import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { AboutMeasure } from '../tile/AboutMeasure.tsx'
import { Figure } from '../tile/Figure.tsx'
import { Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { useView } from '../view/use-view.ts'
import { definitionOf, valuesBy } from './read-report.ts'
import { TileFoot } from './TileFoot.tsx'
import { fallbackTitle } from './titles.ts'
import { type ReportQuery, useReport } from './use-report.ts'

/** A measure over the whole window: the value, how sure it is, its target, and how it went. */
export function FigureTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  const { view } = useView()
  const reading = useReport(query)
  const titleOf = useMeasureTitle()
  const report = reading.state === 'ready' ? reading.value : null
  const definition = report && definitionOf(report, measure)
  const title = titleOf(measure, definition?.title ?? fallbackTitle(measure))
  return (
    <Tile
      title={title}
      isBusy={reading.state === 'loading'}
      about={
        definition && <AboutMeasure definition={definition} value={report.totals[measure]} window={report.window} />
      }
      foot={report && <TileFoot title={title} measure={measure} value={report.totals[measure]} query={query} />}
    >
      <Shown reading={reading} height={92}>
        {(value) => <FigureIn report={value} measure={measure} compares={view.compares} hasCourse />}
      </Shown>
    </Tile>
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
