import type { ReactNode } from 'react'
import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { Spread as SpreadAnswer } from '../../../core/contract/shape.ts'
import { useFormats } from '../../i18n/text.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Ecdf } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { MeasureTile } from './MeasureTile.tsx'
import { NoValues } from './NoValues.tsx'
import { valuesBy } from './read-report.ts'
import { useNames } from './use-names.ts'
import { type ReportQuery, useShapePath } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const HEIGHT = 220

/** How long things took: the whole spread as a curve, and p50, p75 and p90 of each part in the table. */
export function SpreadTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  const text = useDeskText()
  const by = text(`by.${query.by[0]}` as 'by.severity')
  return (
    <MeasureTile
      measure={measure}
      query={query}
      height={HEIGHT + 40}
      isWide
      entitle={(title) => text('spread.title', { title, by })}
    >
      {(report, title) => <Spread title={title} report={report} measure={measure} query={query} />}
    </MeasureTile>
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
      chart={<Curve title={title} measure={measure} />}
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

/** Drawn from the values themselves. */
function Curve({ title, measure }: { title: string; measure: MeasureId }) {
  const text = useDeskText()
  const format = useValueFormat('duration')
  const shares = useValueFormat('share')
  const reading = useAnswer(useShapePath('/desk/spread', measure), SpreadAnswer)
  return (
    <Shown reading={reading} height={HEIGHT}>
      {({ n, values }) =>
        values.length === 0 ? (
          <Empty title={text('empty.title')}>{text('empty.text')}</Empty>
        ) : (
          <Ecdf
            title={title}
            description={text('spread.described', { count: n })}
            values={values}
            formatHours={format.axis}
            formatShare={shares.axis}
            height={HEIGHT}
          />
        )
      }
    </Shown>
  )
}
