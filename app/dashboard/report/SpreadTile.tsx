import { type ReactNode, useMemo } from 'react'
import { z } from 'zod'
import { type MeasureId, type Report, ReportTickets, type ReportTicketsRequest } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Ecdf } from '../charts/lazy.ts'
import { AboutMeasure } from '../tile/AboutMeasure.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useView } from '../view/use-view.ts'
import { useWindow } from '../view/use-window.ts'
import { NoValues } from './NoValues.tsx'
import { definitionOf, valuesBy } from './read-report.ts'
import { TileFoot } from './TileFoot.tsx'
import { fallbackTitle } from './titles.ts'
import { useNames } from './use-names.ts'
import { type ReportQuery, useReport } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const HEIGHT = 220

/** How long things took: the whole spread as a curve, and p50, p75 and p90 of each part in the table. */
export function SpreadTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  const text = useDeskText()
  const reading = useReport(query)
  const titleOf = useMeasureTitle()
  const report = reading.state === 'ready' ? reading.value : null
  const definition = report && definitionOf(report, measure)
  const by = text(`by.${query.by[0]}` as 'by.severity')
  const title = text('spread.title', { title: titleOf(measure, definition?.title ?? fallbackTitle(measure)), by })
  return (
    <Tile
      title={title}
      isWide
      isBusy={reading.state === 'loading'}
      about={
        definition && <AboutMeasure definition={definition} value={report.totals[measure]} window={report.window} />
      }
      foot={report && <TileFoot title={title} measure={measure} value={report.totals[measure]} query={query} />}
    >
      <Shown reading={reading} height={HEIGHT + 40}>
        {(value) => <Spread title={title} report={value} measure={measure} query={query} />}
      </Shown>
    </Tile>
  )
}

function Spread({
  title,
  report,
  measure,
  query,
}: {
  title: string
  report: Report
  measure: MeasureId
  query: ReportQuery
}) {
  const text = useDeskText()
  const formats = useFormats()
  const nameOf = useNames()
  const format = useValueFormat('duration')
  const dimension = query.by[0]!
  const groups = valuesBy(report, measure).filter(({ value }) => value !== undefined && value.n > 0)
  const total = report.totals[measure]
  if (!total || total.n === 0) return <NoValues value={total} />
  const rowOf = (name: ReactNode, key: string, value: NonNullable<typeof total>) => ({
    key,
    cells: [
      name,
      format.value(value.value),
      format.value(value.p75),
      format.value(value.p90),
      formats.number(value.n),
      formats.number(value.open),
    ],
  })
  return (
    <ChartAndTable
      title={title}
      height={HEIGHT}
      chart={<Curve title={title} measure={measure} n={total.n} />}
      table={
        <DataTable
          caption={title}
          mostHeight={HEIGHT + 20}
          columns={[
            { name: text(`column.${dimension}` as 'column.tier') },
            { name: 'p50', isNumber: true },
            { name: 'p75', isNumber: true },
            { name: 'p90', isNumber: true },
            { name: 'n', isNumber: true },
            { name: text('column.open'), isNumber: true },
          ]}
          rows={[
            rowOf(text('all'), 'all', total),
            ...groups
              .toSorted((a, b) => b.value!.n - a.value!.n)
              .map(({ at, value }) =>
                rowOf(
                  <ViewLink to={{ listed: { measure, at: { [dimension]: [at ?? ''] }, only: null } }}>
                    {nameOf(report, dimension, at)}
                  </ViewLink>,
                  String(at),
                  value!,
                ),
              ),
          ]}
        />
      }
    />
  )
}

const Rows = ReportTickets.extend({ rows: z.array(z.looseObject({ value: z.number().nullable() })) })

/** Drawn from the values themselves: of very many, from the first page of them. */
function Curve({ title, measure, n }: { title: string; measure: MeasureId; n: number }) {
  const text = useDeskText()
  const { view } = useView()
  const window = useWindow()
  const format = useValueFormat('duration')
  const shares = useValueFormat('share')
  const path = useMemo(() => {
    const request = {
      ...window,
      measure,
      filters: view.filters,
      only: null,
      after: null,
    } satisfies ReportTicketsRequest
    return `/desk/reports/tickets?q=${encodeURIComponent(JSON.stringify(request))}`
  }, [window, measure, view.filters])
  const reading = useAnswer(path, Rows)
  return (
    <Shown reading={reading} height={HEIGHT}>
      {({ rows }) => {
        const values = rows.map(({ value }) => value).filter((value) => value !== null)
        if (values.length === 0) return <Empty title={text('empty.title')}>{text('empty.text')}</Empty>
        return (
          <>
            <Ecdf
              title={title}
              description={text('spread.described', { count: values.length })}
              values={values}
              formatHours={format.axis}
              formatShare={shares.axis}
              height={HEIGHT}
            />
            {values.length < n && <small>{text('spread.part', { count: values.length, n })}</small>}
          </>
        )
      }}
    </Shown>
  )
}
