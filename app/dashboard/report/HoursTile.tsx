import { Hours } from '../../../core/contract/shape.ts'
import { useFormats } from '../../i18n/text.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { HeatMap } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { useShapePath } from './use-report.ts'

const HEIGHT = 190
const SPANS = [
  ['night', 0, 8],
  ['office', 8, 18],
  ['evening', 18, 24],
] as const

/** When in the week escalations come. */
export function HoursTile() {
  const text = useDeskText()
  const reading = useAnswer(useShapePath('/desk/hours', 'escalations'), Hours)
  return (
    <Tile title={text('hours.title')} isWide isBusy={reading.state === 'loading'} about={text('hours.about')}>
      <Shown reading={reading} height={HEIGHT}>
        {({ n, counts }) =>
          n === 0 ? <Empty title={text('empty.title')}>{text('empty.text')}</Empty> : <Week counts={counts} />
        }
      </Shown>
    </Tile>
  )
}

function Week({ counts }: Pick<Hours, 'counts'>) {
  const text = useDeskText()
  const formats = useFormats()
  const day = new Intl.DateTimeFormat(formats.locale, { weekday: 'short', timeZone: 'UTC' })
  // 2024-01-01 was a Monday.
  const days = Array.from({ length: 7 }, (_, index) => day.format(Date.UTC(2024, 0, 1 + index)))
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
  const most = Math.max(...counts.flat())
  const busiest = counts.findIndex((row) => row.includes(most))
  const when = { day: days[busiest]!, hour: hours[counts[busiest]!.indexOf(most)]! }
  const title = text('hours.title')
  return (
    <ChartAndTable
      title={title}
      height={HEIGHT}
      chart={
        <HeatMap
          title={title}
          description={text('hours.described', { ...when, most })}
          rows={days}
          columns={hours}
          counts={counts}
          textOf={(row, column) =>
            text('hours.field', { day: days[row]!, hour: hours[column]!, count: counts[row]![column]! })
          }
        />
      }
      table={
        <DataTable
          caption={title}
          columns={[
            { name: text('hours.day') },
            ...SPANS.map(([name]) => ({ name: text(`hours.${name}`), isNumber: true })),
            { name: text('total'), isNumber: true },
          ]}
          rows={counts.map((row, index) => ({
            key: days[index]!,
            cells: [
              days[index]!,
              ...[...SPANS, ['all', 0, 24] as const].map(([, from, to]) => formats.number(sum(row.slice(from, to)))),
            ],
          }))}
        />
      }
    />
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
