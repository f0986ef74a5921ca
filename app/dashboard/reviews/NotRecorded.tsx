import { Notice } from '../../ui/Notice.tsx'
import type { DeskError } from '../api/desk.ts'
import { useDeskText } from '../use-desk-text.ts'

/** What somebody said was not recorded, and what to do. */
export function NotRecorded({ failure }: { failure: DeskError }) {
  const text = useDeskText()
  return (
    <Notice kind="error" title={text('reviews.not-recorded')} isUrgent>
      {failure.failure === 'refused' ? failure.message : text(`failed.${failure.failure}.text`)}
    </Notice>
  )
}
