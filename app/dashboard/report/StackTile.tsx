import type { Report, ReportDimension } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { StackedBars } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { mondayOf, useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'
import { MeasureTile } from './MeasureTile.tsx'
import { NoValues } from './NoValues.tsx'
import { partsOf, weeksIn } from './read-report.ts'
import { useNames } from './use-names.ts'
import type { ReportQuery } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

const HEIGHT = 220
/** More kinds than this cannot be told apart; the smallest are then one. */
const MOST_KINDS = 5

/** How many escalations there were, week by week, and what they were made of. */
export function StackTile({ query }: { query: ReportQuery }) {
  const text = useDeskText()
  const dimension = query.by[1]!
  const by = text(`by.${dimension}` as 'by.severity')
  return (
    <MeasureTile
      measure="escalations"
      query={query}
      height={HEIGHT + 60}
      isWide
      entitle={() => text('stack.title', { by })}
    >
      {(report, title) => <Stacks title={title} report={report} dimension={dimension} />}
    </MeasureTile>
  )
}

function Stacks({ title, report, dimension }: { title: string; report: Report; dimension: ReportDimension }) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const nameOf = useNames()
  const weeks = weeksIn(report)
  const count = (week: string, kind: string | null) =>
    report.groups.find(({ at }) => at.week === week && (at[dimension] ?? null) === kind)?.values.escalations?.value ?? 0
  const sizes = partsOf(report, dimension).map((kind) => ({
    kind,
    size: weeks.reduce((sum, week) => sum + count(week, kind), 0),
  }))
  if (sizes.every(({ size }) => size === 0)) return <NoValues value={report.totals.escalations} />

  const bySize = sizes.toSorted((a, b) => b.size - a.size)
  const kept = new Set(
    bySize.slice(0, bySize.length > MOST_KINDS + 1 ? MOST_KINDS : MOST_KINDS + 1).map(({ kind }) => kind),
  )
  const kinds = sizes.map(({ kind }) => kind).filter((kind) => kept.has(kind))
  const rest = sizes.filter(({ kind }) => !kept.has(kind))
  const names = [
    ...kinds.map((kind) => nameOf(report, dimension, kind)),
    ...(rest.length > 0 ? [text('others', { count: rest.length })] : []),
  ]
  const stacks = weeks.map((week) => {
    const parts = [
      ...kinds.map((kind) => count(week, kind)),
      ...(rest.length > 0 ? [rest.reduce((sum, { kind }) => sum + count(week, kind), 0)] : []),
    ]
    const total = parts.reduce((sum, part) => sum + part, 0)
    const said = parts.flatMap((part, index) => (part > 0 ? `${names[index]} ${formats.number(part)}` : []))
    return {
      ...{ week, name: days.week(week), parts, total },
      text: `${text('week.of', { day: days.week(week) })}: ${formats.number(total)}${said.length > 0 ? ` (${said.join(', ')})` : ''}`,
      isPartial: mondayOf(week) + 7 * 86_400_000 > Date.parse(report.asOf),
    }
  })
  const most = stacks.toSorted((a, b) => b.total - a.total)[0]!
  return (
    <ChartAndTable
      title={title}
      height={HEIGHT}
      chart={
        <StackedBars
          title={title}
          description={text('stack.described', {
            count: stacks.length,
            week: most.name,
            most: formats.number(most.total),
          })}
          kinds={names}
          stacks={stacks}
          format={formats.number}
          height={HEIGHT}
        />
      }
      table={
        <DataTable
          caption={title}
          mostHeight={HEIGHT + 40}
          columns={[
            { name: text('week') },
            ...names.map((name) => ({ name, isNumber: true })),
            { name: text('total'), isNumber: true },
          ]}
          rows={stacks.toReversed().map(({ week, name, parts, total }) => ({
            key: week,
            cells: [
              <ViewLink key="week" to={{ listed: { measure: 'escalations', at: { week: [week] }, only: null } }}>
                {name}
              </ViewLink>,
              ...parts.map((part) => formats.number(part)),
              formats.number(total),
            ],
          }))}
        />
      }
    />
  )
}
