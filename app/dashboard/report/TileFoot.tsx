import { useState } from 'react'
import type { MeasureId, MeasureValue } from '../../../core/contract/report.ts'
import { useDesk } from '../api/use-answer.ts'
import { useDeskText } from '../use-desk-text.ts'
import type { Listed } from '../view/view.ts'
import { Textual } from './Textual.tsx'
import { type ReportQuery, useReportPath } from './use-report.ts'
import { ViewLink } from './ViewLink.tsx'

type TileFootProps = {
  title: string
  measure: MeasureId
  value: MeasureValue | undefined
  query: ReportQuery
  at?: Listed['at']
}

/** From a figure to what it is made of, and to a file of it. */
export function TileFoot({ title, measure, value, query, at = {} }: TileFootProps) {
  const text = useDeskText()
  const isThere = value !== undefined && value.n + value.open > 0
  return (
    <>
      {isThere && (
        <ViewLink to={{ listed: { measure, at, only: null } }} label={text('foot.tickets.label', { title })}>
          {text('foot.tickets')}
        </ViewLink>
      )}
      <CsvButton title={title} query={query} />
    </>
  )
}

function CsvButton({ title, query }: { title: string; query: ReportQuery }) {
  const text = useDeskText()
  const desk = useDesk()
  const path = useReportPath('/desk/reports.csv', query)
  const [isBroken, setBroken] = useState(false)

  async function save() {
    setBroken(false)
    try {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await desk.download(path))
      link.download = `${title}.csv`
      link.click()
      // The browser has begun to read it by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
    } catch {
      setBroken(true)
    }
  }

  return (
    <>
      <Textual type="button" aria-label={text('foot.csv.label', { title })} onClick={save}>
        {text('foot.csv')}
      </Textual>
      {isBroken && <span role="alert">{text('foot.csv.failed')}</span>}
    </>
  )
}
