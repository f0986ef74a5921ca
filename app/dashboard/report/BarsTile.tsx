import type { MeasureId, Report, ReportDimension } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { IntervalBars } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { LEAST } from '../tile/Figure.tsx'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { MeasureTile } from './MeasureTile.tsx'
import { NoValues } from './NoValues.tsx'
import { definitionOf, valuesBy } from './read-report.ts'
import { useNames } from './use-names.ts'
import type { ReportQuery } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const MOST_BARS = 8

/** A measure for each tier, component or whatever it is broken down by, each with its interval. */
export function BarsTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  const text = useDeskText()
  const by = text(`by.${query.by[0]}` as 'by.severity')
  return (
    <MeasureTile measure={measure} query={query} height={220} entitle={(title) => text('bars.title', { title, by })}>
      {(report, title) => <Bars title={title} report={report} measure={measure} dimension={query.by[0]!} />}
    </MeasureTile>
  )
}

type BarsProps = { title: string; report: Report; measure: MeasureId; dimension: ReportDimension }

function Bars({ title, report, measure, dimension }: BarsProps) {
  const text = useDeskText()
  const formats = useFormats()
  const nameOf = useNames()
  const definition = definitionOf(report, measure)
  const format = useValueFormat(definition?.kind ?? 'count')
  if (!definition) return null
  const isCount = definition.kind === 'count'
  const known = valuesBy(report, measure).filter(
    ({ value }) => value !== undefined && value.value !== null && value.n > 0,
  )
  const isOrdered = dimension === 'tier' || dimension === 'severity'
  const groups = known.toSorted((a, b) =>
    isOrdered ? (String(a.at) < String(b.at) ? -1 : 1) : b.value!.n - a.value!.n,
  )
  if (groups.length === 0) return <NoValues value={report.totals[measure]} />

  const target = report.targets[measure] ?? null
  const bars = groups.slice(0, MOST_BARS).map(({ at, value }) => {
    const name = nameOf(report, dimension, at)
    const isFew = !isCount && value!.n < LEAST
    const label = isFew ? text('figure.few', { count: formats.number(value!.n) }) : format.value(value!.value)
    return {
      ...{ name, label },
      value: isFew ? null : value!.value,
      interval: isFew ? null : value!.interval,
      text: `${name}: ${label}${isCount ? '' : `, n = ${formats.number(value!.n)}`}`,
    }
  })
  return (
    <ChartAndTable
      title={title}
      height={bars.length * 34}
      note={bars.some(({ interval }) => interval) ? text('bars.note') : undefined}
      chart={
        <IntervalBars
          title={title}
          description={bars.map((bar) => bar.text).join('; ')}
          bars={bars}
          target={
            target === null ? null : { value: target, label: text('target.line', { target: format.value(target) }) }
          }
          {...(definition.kind === 'share' ? { top: 1 } : {})}
        />
      }
      table={
        <DataTable
          caption={title}
          mostHeight={300}
          columns={[
            { name: text(`column.${dimension}` as 'column.tier') },
            { name: text('column.value'), isNumber: true },
            ...(isCount
              ? []
              : [
                  { name: text('column.interval'), isNumber: true },
                  { name: 'n', isNumber: true },
                ]),
          ]}
          rows={groups.map(({ at, value }) => ({
            key: String(at),
            cells: [
              <ViewLink key="name" to={{ listed: { measure, at: { [dimension]: [at ?? ''] }, only: null } }}>
                {nameOf(report, dimension, at)}
              </ViewLink>,
              format.value(value!.value),
              ...(isCount
                ? []
                : [
                    value!.interval ? `${format.value(value!.interval[0])} – ${format.value(value!.interval[1])}` : '',
                    formats.number(value!.n),
                  ]),
            ],
          }))}
        />
      }
    />
  )
}
