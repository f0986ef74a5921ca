import { useMemo, useState } from 'react'
import { Now, type NowRow, PRESSING, type Pressing } from '../../../core/contract/now.ts'
import { SECOND_MS } from '../../../core/units.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Row } from '../../ui/layout.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Part } from '../report/ReportPage.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'
import { Press } from '../view/controls.ts'
import { NowTable } from './NowTable.tsx'

const AGAIN_MS = 20 * SECOND_MS

/** What needs somebody now: the most pressing first, each with the one thing to do. */
export function NowPage() {
  const text = useDeskText()
  const reading = useAnswer('/desk/now', Now, AGAIN_MS)
  return (
    <Part aria-labelledby="now-title">
      <h2 id="now-title">{text('now.title')}</h2>
      <Shown reading={reading} height={320}>
        {(now) => <Pressings now={now} />}
      </Shown>
    </Part>
  )
}

function Pressings({ now }: { now: Now }) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const [only, setOnly] = useState<Pressing | null>(null)
  const counts = useMemo(() => countsOf(now.rows), [now.rows])
  const rows = only === null ? now.rows : now.rows.filter(({ reasons }) => reasons.some(({ kind }) => kind === only))
  return (
    <>
      <Row role="group" aria-label={text('now.only')}>
        <Press type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {text('now.all', { count: now.rows.length })}
        </Press>
        {PRESSING.map((kind) => (
          <Press
            key={kind}
            type="button"
            aria-pressed={only === kind}
            disabled={!counts[kind]}
            onClick={() => setOnly(only === kind ? null : kind)}
          >
            {text(`now.${kind}`)} {formats.number(counts[kind] ?? 0)}
          </Press>
        ))}
      </Row>
      <Tile title={only === null ? text('now.list') : text(`now.${only}`)} isWide>
        {rows.length === 0 ? (
          <Empty title={text(now.open === 0 ? 'now.none-open' : 'now.calm')}>
            {text(now.open === 0 ? 'now.none-open.text' : 'now.calm.text', { count: now.open })}
          </Empty>
        ) : (
          <NowTable rows={rows} asOf={Date.parse(now.asOf)} />
        )}
      </Tile>
      <Quiet>{text('now.as-of', { at: days.instant(now.asOf), open: now.open })}</Quiet>
    </>
  )
}

function countsOf(rows: readonly NowRow[]): Partial<Record<Pressing, number>> {
  const counts: Partial<Record<Pressing, number>> = {}
  for (const { reasons } of rows) for (const { kind } of reasons) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
