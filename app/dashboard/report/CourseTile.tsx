import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { LineChart } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { mondayOf, useDays } from '../tile/use-days.ts'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { FigureIn } from './FigureTile.tsx'
import { MeasureTile } from './MeasureTile.tsx'
import { NoValues } from './NoValues.tsx'
import { definitionOf, valuesBy } from './read-report.ts'
import type { ReportQuery } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const HEIGHT = 200

/** A measure week by week, with its target and the band in which it lies. */
export function CourseTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  return (
    <MeasureTile measure={measure} query={query} height={HEIGHT + 92} isWide>
      {(report, title) => <Course title={title} report={report} measure={measure} />}
    </MeasureTile>
  )
}

function Course({ title, report, measure }: { title: string; report: Report; measure: MeasureId }) {
  const text = useDeskText()
  const days = useDays()
  const formats = useFormats()
  const definition = definitionOf(report, measure)
  const format = useValueFormat(definition?.kind ?? 'count')
  const weeks = valuesBy(report, measure).filter(({ at }) => at !== null)
  if (!definition) return null
  if (weeks.every(({ value }) => value?.value == null)) {
    return <NoValues value={report.totals[measure]} />
  }
  const target = report.targets[measure] ?? null
  const points = weeks.map(({ at, value }) => ({
    name: days.week(at!),
    value: value?.value ?? null,
    interval: value?.interval ?? null,
    text: `${text('week.of', { day: days.week(at!) })}: ${format.value(value?.value ?? null)}, n = ${formats.number(value?.n ?? 0)}`,
    isPartial: mondayOf(at!) + WEEK_MS > Date.parse(report.asOf),
  }))
  const known = points.filter(({ value, isPartial }) => value !== null && !isPartial)
  const [first, last] = [known[0], known.at(-1)]
  const description =
    first && last
      ? text('course.described', {
          first: first.name,
          from: format.value(first.value),
          last: last.name,
          to: format.value(last.value),
        })
      : ''
  return (
    <>
      <FigureIn report={report} measure={measure} compares />
      <ChartAndTable
        title={title}
        height={HEIGHT}
        chart={
          <LineChart
            title={text('course.title', { title })}
            description={description}
            points={points}
            target={
              target === null ? null : { value: target, label: text('target.line', { target: format.value(target) }) }
            }
            format={format.axis}
            unit={format.unit}
            {...(definition.kind === 'share' ? { top: 1 } : {})}
            height={HEIGHT}
          />
        }
        table={
          <DataTable
            caption={text('course.title', { title })}
            mostHeight={HEIGHT + 20}
            columns={[
              { name: text('week') },
              { name: title, isNumber: true },
              { name: text('column.interval'), isNumber: true },
              { name: 'n', isNumber: true },
            ]}
            rows={weeks.toReversed().map(({ at, value }) => ({
              key: at!,
              cells: [
                <ViewLink key="week" to={{ listed: { measure, at: { week: [at!] }, only: null } }}>
                  {days.week(at!)}
                </ViewLink>,
                format.value(value?.value ?? null),
                value?.interval ? `${format.value(value.interval[0])} – ${format.value(value.interval[1])}` : '',
                formats.number(value?.n ?? 0),
              ],
            }))}
          />
        }
      />
    </>
  )
}

const WEEK_MS = 7 * 86_400_000
