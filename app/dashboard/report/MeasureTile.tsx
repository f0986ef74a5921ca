import type { ReactNode } from 'react'
import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { AboutMeasure } from '../tile/AboutMeasure.tsx'
import { Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { definitionOf } from './read-report.ts'
import { TileFoot } from './TileFoot.tsx'
import { fallbackTitle } from './titles.ts'
import { type ReportQuery, useReport } from './use-report.ts'

export type MeasureTileProps = {
  measure: MeasureId
  query: ReportQuery
  /** Of what is shown, so that nothing moves when it comes. */
  height: number
  isWide?: boolean
  /** The tile's title, from that of the measure; left out, the measure's own. */
  entitle?: (title: string) => string
  children: (report: Report, title: string) => ReactNode
}

/** A tile about one measure: what it means behind the button, its tickets and its CSV at the foot. */
export function MeasureTile({ measure, query, height, isWide, entitle, children }: MeasureTileProps) {
  const reading = useReport(query)
  const titleOf = useMeasureTitle()
  const report = reading.state === 'ready' ? reading.value : null
  const definition = report && definitionOf(report, measure)
  const measured = titleOf(measure, definition?.title ?? fallbackTitle(measure))
  const title = entitle ? entitle(measured) : measured
  const value = report?.totals[measure]
  return (
    <Tile
      title={title}
      isWide={isWide}
      isBusy={reading.state === 'loading'}
      about={definition && <AboutMeasure definition={definition} value={value} window={report.window} />}
      foot={report && <TileFoot title={title} measure={measure} value={value} query={query} />}
    >
      <Shown reading={reading} height={height}>
        {(shown) => children(shown, title)}
      </Shown>
    </Tile>
  )
}
