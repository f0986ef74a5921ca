import type { BatonFailure } from '../api/failure.ts'
import { useText } from '../i18n/text.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Our server is not there; what still works, and who could find out why. */
export function ServerAway({ failure }: { failure: BatonFailure | 'slow' }) {
  const text = useText()
  const needsAdmin = failure !== 'server-down' && failure !== 'slow'
  return (
    <Notice kind={failure === 'slow' ? 'info' : 'warning'} title={text(`away.${failure}.title`)}>
      {text('away.text')} {needsAdmin && text('away.admin')}
    </Notice>
  )
}
