import { Button } from '@zendeskgarden/react-buttons'
import { useMemo } from 'react'
import { styled } from 'styled-components'
import { Now } from '../../../core/contract/now.ts'
import type { MeasureId, Report } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Row } from '../../ui/layout.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { AsOf } from '../report/AsOf.tsx'
import { FigureTile } from '../report/FigureTile.tsx'
import { Part } from '../report/ReportPage.tsx'
import { definitionOf } from '../report/read-report.ts'
import { type ReportQuery, useReport } from '../report/use-report.ts'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tiles } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { valueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useWindow } from '../view/use-window.ts'
import { Reasons } from './Reasons.tsx'
import { risksOf } from './risks.ts'

const FIVE: readonly MeasureId[] = [
  'escalations',
  'mttr',
  'sla_attainment',
  'customer_clock_attainment',
  'promises_kept',
]
/** What may have changed besides. */
const WATCHED: readonly MeasureId[] = [
  ...FIVE,
  'escalation_rate',
  'returns',
  'ping_pong',
  'reopen_rate',
  'time_to_fix',
  'time_to_tell_customer',
  'context_loss',
]

/** One page for somebody who was not there: five numbers, three risks, what has changed. Prints on A4. */
export function BriefingPage() {
  const text = useDeskText()
  const days = useDays()
  const window = useWindow()
  const query = useMemo((): ReportQuery => ({ measures: WATCHED, by: ['week'] }), [])
  const reading = useReport(query)
  const now = useAnswer('/desk/now', Now)
  return (
    <Sheet aria-labelledby="briefing-title">
      <Row $spread>
        <h2 id="briefing-title">{text('briefing.title', { window: days.window(window) })}</h2>
        <PrintButton size="small" onClick={() => print()}>
          {text('briefing.print')}
        </PrintButton>
      </Row>

      <h3>{text('briefing.numbers')}</h3>
      <Five $least={150}>
        {FIVE.map((measure) => (
          <FigureTile key={measure} measure={measure} query={query} compares />
        ))}
      </Five>

      <h3>{text('briefing.risks')}</h3>
      <Shown reading={now} height={120}>
        {(value) => <Risks now={value} />}
      </Shown>

      <h3>{text('briefing.changes')}</h3>
      <Shown reading={reading} height={100}>
        {(report) => <Changes report={report} />}
      </Shown>
      <AsOf query={query} />
    </Sheet>
  )
}

/** By account: those with the gravest trouble first. */
function Risks({ now: { rows, open, asOf } }: { now: Now }) {
  const text = useDeskText()
  const risks = risksOf(rows)
  if (risks.length === 0) return <Empty title={text('now.calm')}>{text('now.calm.text', { count: open })}</Empty>
  return (
    <ol>
      {risks.slice(0, 3).map(({ account, rows: own }) => (
        <li key={account}>
          <strong>{account || text('briefing.no-account')}</strong>{' '}
          {own.length > 1 && <Quiet>{text('briefing.escalations', { count: own.length })}</Quiet>}
          <ul>
            {own.slice(0, 3).map((row) => (
              <li key={row.escalationId}>
                <TicketLink id={row.ticketId} /> {row.severity} · {row.summary}:{' '}
                <Reasons row={row} asOf={Date.parse(asOf)} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** Only what has changed beyond doubt. */
function Changes({ report }: { report: Report }) {
  const text = useDeskText()
  const formats = useFormats()
  const titleOf = useMeasureTitle()
  const changes = WATCHED.flatMap((measure) => {
    const [trend, definition, total] = [report.trends[measure], definitionOf(report, measure), report.totals[measure]]
    if (!trend || trend.before === null || trend.direction === 'unclear' || !definition || total?.value == null)
      return []
    const format = valueFormat(definition.kind, formats)
    const isGood = definition.better === null ? null : (definition.better === 'higher') === (trend.direction === 'up')
    const words = {
      title: titleOf(measure, definition.title),
      before: format.value(trend.before),
      value: format.value(total.value),
    }
    const judged = isGood === null ? '' : ` (${text(isGood ? 'trend.better' : 'trend.worse')})`
    return { measure, sentence: text('briefing.change', words) + judged }
  })
  if (changes.length === 0) return <p>{text('briefing.unchanged')}</p>
  return (
    <ul>
      {changes.map(({ measure, sentence }) => (
        <li key={measure}>{sentence}</li>
      ))}
    </ul>
  )
}

const PrintButton = styled(Button)`
  @media print {
    display: none;
  }
`

const Five = styled(Tiles)`
  @media print {
    grid-template-columns: repeat(5, minmax(0, 1fr));
    gap: 6px;

    > article {
      padding: 6px 8px;
    }
  }
`

const Sheet = styled(Part)`
  width: 100%;
  max-width: 900px;
  margin: 0 auto;

  h3 {
    margin: 8px 0 0;
    font-size: 15px;
    line-height: 20px;
  }

  > ol,
  > ul,
  > ol ul,
  > p {
    margin: 0;
  }

  > ol,
  > ul,
  > ol ul {
    padding-inline-start: 20px;
  }

  li {
    break-inside: avoid;
  }

  @media print {
    max-width: none;
    font-size: 10.5pt;
    color: #000;

    @page {
      size: A4;
      margin: 16mm;
    }
  }
`
