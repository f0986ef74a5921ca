import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { LineChart } from '../charts/lazy.ts'
import { AboutMeasure } from '../tile/AboutMeasure.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { mondayOf, useDays } from '../tile/use-days.ts'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { FigureIn } from './FigureTile.tsx'
import { NoValues } from './NoValues.tsx'
import { definitionOf, valuesBy } from './read-report.ts'
import { TileFoot } from './TileFoot.tsx'
import { fallbackTitle } from './titles.ts'
import { type ReportQuery, useReport } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const HEIGHT = 200

/** A measure week by week, with its target and the band in which it lies. */
export function CourseTile({ measure, query }: { measure: MeasureId; query: ReportQuery }) {
  const reading = useReport(query)
  const titleOf = useMeasureTitle()
  const report = reading.state === 'ready' ? reading.value : null
  const definition = report && definitionOf(report, measure)
  const title = titleOf(measure, definition?.title ?? fallbackTitle(measure))
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
      <Shown reading={reading} height={HEIGHT + 92}>
        {(value) => <Course title={title} report={value} measure={measure} />}
      </Shown>
    </Tile>
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
