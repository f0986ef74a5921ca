import { Quiet } from '../../ui/layout.tsx'
import { useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'
import { type ReportQuery, useReport } from './use-report.ts'

/** How old the figures are, and by whose clocks they count. */
export function AsOf({ query }: { query: ReportQuery }) {
  const text = useDeskText()
  const days = useDays()
  const reading = useReport(query)
  if (reading.state !== 'ready') return null
  const { asOf, syncedTo, window } = reading.value
  const zone = window.zone.replaceAll('_', ' ')
  return (
    <Quiet>
      {text('as-of', { at: days.instant(asOf), zone })}{' '}
      {syncedTo === null ? text('as-of.never') : text('as-of.synced', { at: days.instant(syncedTo) })}
    </Quiet>
  )
}
