import { counted, useFormats, useText } from '../i18n/text.tsx'
import type { Sending } from '../sidebar/use-sending.ts'
import { Quiet } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'

/** What kept a command from the ticket, or that it takes longer. */
export function SendProblem({ sending }: { sending: Sending }) {
  const text = useText()
  const formats = useFormats()
  return (
    <>
      {sending.failed && (
        <Notice kind="error" title={text('send.failed.title')} isUrgent>
          {text(`send.failed.${sending.failed.failure}`, { detail: sending.failed.detail ?? '' })}
        </Notice>
      )}
      {sending.waitSeconds !== null && (
        <Quiet role="status">{counted(text, formats, 'send.waiting', sending.waitSeconds)}</Quiet>
      )}
    </>
  )
}
