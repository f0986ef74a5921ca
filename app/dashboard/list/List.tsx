import { Button } from '@zendeskgarden/react-buttons'
import { useEffect, useMemo, useState } from 'react'
import { type Report, ReportTickets, type ReportTicketsRequest } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Row } from '../../ui/layout.tsx'
import { useAnswer, useDesk } from '../api/use-answer.ts'
import { Part } from '../report/ReportPage.tsx'
import { definitionOf } from '../report/read-report.ts'
import { fallbackTitle } from '../report/titles.ts'
import { useNames } from '../report/use-names.ts'
import { narrowed, useReport } from '../report/use-report.ts'
import { ViewLink } from '../report/ViewLink.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { useMeasureTitle } from '../tile/use-definition.ts'
import { useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { Press } from '../view/controls.ts'
import { useView } from '../view/use-view.ts'
import { useWindow } from '../view/use-window.ts'
import type { Listed } from '../view/view.ts'

const NO_LABELS: Pick<Report, 'labels'> = { labels: {} }

/** What a figure is made of: each escalation, clock or ticket, and what it adds. */
export function List({ listed }: { listed: Listed }) {
  const text = useDeskText()
  const { view, go } = useView()
  const window = useWindow()
  const days = useDays()
  const nameOf = useNames()
  const titleOf = useMeasureTitle()
  const query = useMemo(() => ({ measures: [listed.measure], by: [] }), [listed.measure])
  const report = useReport(query)
  const known = report.state === 'ready' ? report.value : null
  const definition = known && definitionOf(known, listed.measure)
  const title = titleOf(listed.measure, definition?.title ?? fallbackTitle(listed.measure))
  const parts = Object.entries(listed.at).flatMap(([dimension, values]) =>
    values.map((value) => nameOf(known ?? NO_LABELS, dimension as keyof Listed['at'], value)),
  )
  return (
    <Part aria-labelledby="list-title">
      <span>
        <ViewLink to={{ listed: null }}>
          <span aria-hidden="true">← </span>
          {text('list.back', { tab: text(`tab.${view.tab}`) })}
        </ViewLink>
      </span>
      <h2 id="list-title">{text('list.title', { title: [title, ...parts].join(' · ') })}</h2>
      <Quiet>{days.window(window)}</Quiet>
      {definition?.kind === 'share' && (
        <Row role="group" aria-label={text('list.only')}>
          {([null, 'hits', 'misses', 'open'] as const).map((only) => (
            <Press
              key={String(only)}
              type="button"
              aria-pressed={listed.only === only}
              onClick={() => go({ listed: { ...listed, only } }, 'quietly')}
            >
              {text(`list.only.${only ?? 'all'}`)}
            </Press>
          ))}
        </Row>
      )}
      <Tile title={text('list.tickets')}>
        <Rows listed={listed} kind={definition?.kind ?? 'count'} />
      </Tile>
    </Part>
  )
}

function Rows({ listed, kind }: { listed: Listed; kind: Parameters<typeof useValueFormat>[0] }) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const desk = useDesk()
  const { view } = useView()
  const window = useWindow()
  const format = useValueFormat(kind)
  const pathAfter = useMemo(() => {
    const filters = narrowed(view.filters, listed)
    const request = { ...window, measure: listed.measure, filters, only: listed.only } satisfies Omit<
      ReportTicketsRequest,
      'after'
    >
    return (after: string | null) =>
      `/desk/reports/tickets?q=${encodeURIComponent(JSON.stringify({ ...request, after }))}`
  }, [view.filters, window, listed])
  const reading = useAnswer(pathAfter(null), ReportTickets)
  const [more, setMore] = useState<ReportTickets[]>([])
  const [isBusy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins anew
  useEffect(() => setMore([]), [pathAfter])

  return (
    <Shown reading={reading} height={300}>
      {(first) => {
        const pages = [first, ...more]
        const rows = pages.flatMap(({ rows }) => rows)
        const { next } = pages.at(-1)!
        if (rows.length === 0) return <Empty title={text('list.empty')}>{text('list.empty.text')}</Empty>
        const showMore = async () => {
          setBusy(true)
          try {
            const page = await desk.read(pathAfter(next), ReportTickets)
            setMore((before) => [...before, page])
          } finally {
            setBusy(false)
          }
        }
        return (
          <>
            <Quiet role="status">
              {text('list.count', { count: rows.length, total: formats.number(first.total) })}
            </Quiet>
            <DataTable
              caption={text('list.tickets')}
              columns={[
                { name: text('column.ticket') },
                { name: text('column.subject') },
                { name: text('column.tier') },
                { name: text('column.severity') },
                { name: text('column.component') },
                { name: text('column.at') },
                { name: text('column.value'), isNumber: true },
                { name: text('column.note') },
              ]}
              rows={rows.map((row, index) => ({
                key: `${row.ticketId} ${row.at} ${index}`,
                cells: [
                  <TicketLink key="ticket" id={row.ticketId} />,
                  row.subject ?? '',
                  row.tier === null ? '' : text('tier.name', { tier: String(row.tier) }),
                  row.severity ?? '',
                  row.component ?? '',
                  days.instant(row.at),
                  kind === 'share' || kind === 'count' ? '' : format.value(row.value),
                  row.note,
                ],
              }))}
            />
            {next !== null && (
              <span>
                <Button size="small" disabled={isBusy} onClick={() => void showMore()}>
                  {text('list.more')}
                </Button>
              </span>
            )}
          </>
        )
      }}
    </Shown>
  )
}
