import { useState } from 'react'
import { MonthlyReasons } from '../../../core/contract/reviews.ts'
import { useFormats } from '../../i18n/text.tsx'
import { wallAt } from '../../life/zoned-time.ts'
import { Quiet, Row } from '../../ui/layout.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useAnswer } from '../api/use-answer.ts'
import { IntervalBars } from '../charts/lazy.ts'
import { Part } from '../report/ReportPage.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile, Tiles } from '../tile/Tile.tsx'
import { useValueFormat } from '../tile/value-format.ts'
import { deskTextOr, useDeskText } from '../use-desk-text.ts'
import { DateField } from '../view/controls.ts'

/** The last month that is over, of which most is known. */
function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number! - 2, 1)).toISOString().slice(0, 7)
}

/** Tickets in one cell; the others are counted. */
const MOST_CASES = 6

type Parts = MonthlyReasons['byReason']

/** Why tickets were escalated in a month, and where it could have been solved lower: by topic before person. */
export function Monthly() {
  const text = useDeskText()
  const { timeZone } = useFormats()
  const now = useNow()
  const [month, setMonth] = useState(() => monthBefore(wallAt(now, timeZone).slice(0, 7)))
  const reading = useAnswer(/^\d{4}-\d{2}$/.test(month) ? `/desk/reviews/monthly/${month}` : null, MonthlyReasons)
  return (
    <Part aria-labelledby="monthly-title">
      <Row $spread>
        <h2 id="monthly-title">{text('monthly.title')}</h2>
        <DateField
          type="month"
          aria-label={text('by.month')}
          value={month}
          onChange={(event) => setMonth(event.target.value)}
        />
      </Row>
      <Shown reading={reading} height={240}>
        {(reasons) =>
          reasons.escalations === 0 ? (
            <Empty title={text('empty.title')}>{text('monthly.empty')}</Empty>
          ) : (
            <Reasons reasons={reasons} />
          )
        }
      </Shown>
    </Part>
  )
}

function Reasons({ reasons }: { reasons: MonthlyReasons }) {
  const text = useDeskText()
  const formats = useFormats()
  const share = useValueFormat('share')
  const { escalations, via, returned, couldBeLower, coaching, least } = reasons
  const shareWords = ({ count, of, low, high }: typeof couldBeLower) =>
    of === 0
      ? text('monthly.unjudged')
      : text('monthly.share', { count, of, low: share.value(low), high: share.value(high) })
  return (
    <>
      <Quiet>
        {text('monthly.summary', { count: escalations, note: via.note, move: via.move, raised: via.raised })}{' '}
        {text('monthly.returned', { share: shareWords(returned.share) })}{' '}
        {text('monthly.lower', { share: shareWords(couldBeLower) })}
      </Quiet>
      <Tiles $least={380}>
        {mix(text('monthly.reasons'), reasons.byReason)}
        {returned.reasons.length > 0 && mix(text('monthly.returned-for'), returned.reasons)}
      </Tiles>
      <Tile title={text('monthly.coaching')} isWide about={text('monthly.coaching.about', { least })}>
        {coaching.every(({ topics }) => topics.length === 0) ? (
          <Empty title={text('monthly.coaching.none')}>{text('monthly.coaching.none.text', { least })}</Empty>
        ) : (
          <DataTable
            caption={text('monthly.coaching')}
            columns={[
              { name: text('monthly.topic') },
              { name: text('monthly.sign') },
              { name: text('monthly.cases') },
              { name: text('monthly.people') },
            ]}
            rows={coaching.flatMap(({ sign, title, topics }) =>
              topics.map(({ topic, share: of, evidence, people }) => ({
                key: `${sign} ${topic}`,
                cells: [
                  topic,
                  `${deskTextOr(text, `sign.${sign}`, title)}: ${shareWords(of)}`,
                  <Row key="cases" $gap={6}>
                    {evidence.slice(0, MOST_CASES).map(({ escalationId, ticketId }) => (
                      <TicketLink key={escalationId} id={ticketId} />
                    ))}
                    {evidence.length > MOST_CASES && text('others', { count: evidence.length - MOST_CASES })}
                  </Row>,
                  people.map(({ name, share: own }) => `${name}: ${shareWords(own)}`).join('; '),
                ],
              })),
            )}
          />
        )}
      </Tile>
    </>
  )

  function mix(title: string, parts: Parts) {
    const bars = parts.map(({ name, count }) => {
      const named = name === null ? text('monthly.rest') : name.replaceAll('_', ' ')
      const label = formats.number(count)
      return { name: named, value: count, interval: null, label, text: `${named}: ${label}` }
    })
    return (
      <Tile title={title}>
        <ChartAndTable
          title={title}
          height={bars.length * 34}
          chart={
            <IntervalBars
              title={title}
              description={bars.map((bar) => bar.text).join('; ')}
              bars={bars}
              target={null}
            />
          }
          table={
            <DataTable
              caption={title}
              columns={[{ name: text('column.reason') }, { name: text('total'), isNumber: true }]}
              rows={bars.map(({ name, label }) => ({ key: name, cells: [name, label] }))}
            />
          }
        />
      </Tile>
    )
  }
}
