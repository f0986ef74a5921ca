import { PressureView } from '../../../core/contract/audits.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet } from '../../ui/layout.tsx'
import { LineChart } from '../charts/lazy.ts'
import { Part } from '../report/ReportPage.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { NOTHING, useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useShareWords } from './share-words.ts'
import { useInWindow } from './use-in-window.ts'

const MOST_SHOWN = 10

/** How much weight there is from above and from repeated asking, and whom it displaces. */
export function Pressure() {
  const text = useDeskText()
  const reading = useInWindow('/desk/pressure', PressureView, { hasWeeks: true })
  return (
    <Part aria-labelledby="pressure-title">
      <h2 id="pressure-title">{text('pressure.title')}</h2>
      <Tile
        title={text('pressure.meter')}
        isWide
        about={
          reading.state === 'ready'
            ? `${reading.value.definition} ${reading.value.points.map(({ title, points, definition }) => `${title} (${points}): ${definition}`).join(' ')}`
            : undefined
        }
      >
        <Shown reading={reading} height={260}>
          {(pressure) =>
            pressure.all.n === 0 ? (
              <Empty title={text('empty.title')}>{text('empty.text')}</Empty>
            ) : (
              <Meter pressure={pressure} />
            )
          }
        </Shown>
      </Tile>
    </Part>
  )
}

function Meter({ pressure }: { pressure: PressureView }) {
  const text = useDeskText()
  const formats = useFormats()
  const format = useValueFormat('mean')
  const days = useDays()
  const shareWords = useShareWords()
  const { all, weeks, displaced, cases, points } = pressure
  const titleOf = (id: string) => points.find((point) => point.id === id)?.title ?? id
  const values = weeks.flatMap(({ name, value, n }) =>
    name === null
      ? []
      : {
          ...{ name: days.week(name), value, interval: null },
          text: `${text('week.of', { day: days.week(name) })}: ${value === null ? NOTHING : format.value(value)}, n = ${formats.number(n)}`,
        },
  )
  return (
    <>
      <span>
        {text('pressure.summary', { value: all.value === null ? NOTHING : format.value(all.value), n: all.n })}{' '}
        {text('pressure.executive', { share: shareWords(all.executive) })}{' '}
        {text('pressure.jumped', { share: shareWords(all.jumped) })}{' '}
        {text('pressure.displaced', {
          count: displaced.passedOver,
          breached: displaced.breached,
          span: formats.span(displaced.longerMs),
        })}
      </span>
      <ChartAndTable
        title={text('pressure.meter')}
        chart={
          <LineChart
            title={text('pressure.meter')}
            description={values.map((value) => value.text).join('; ')}
            points={values}
            target={null}
            format={format.axis}
          />
        }
        table={
          <DataTable
            caption={text('pressure.cases')}
            mostHeight={220}
            columns={[
              { name: text('column.ticket') },
              { name: text('pressure.score'), isNumber: true },
              { name: text('column.note') },
            ]}
            rows={cases.slice(0, MOST_SHOWN).map(({ escalationId, ticketId, score, points: own }) => ({
              key: escalationId,
              cells: [
                <TicketLink key="ticket" id={ticketId} />,
                format.value(score),
                own.map(({ id }) => titleOf(id)).join(', '),
              ],
            }))}
          />
        }
      />
      <Quiet>{text('pressure.cases.text', { count: Math.min(MOST_SHOWN, cases.length) })}</Quiet>
    </>
  )
}
