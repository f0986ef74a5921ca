import type { Preview } from '../api/use-preview.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { useNow } from '../ui/use-now.ts'

/** "L2 · Identity — respond by 15:40 · urgency 62" */
export function usePreviewLine({ answer, state }: Preview): string {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  if (!answer) return text(state === 'away' ? 'preview.away' : 'preview.asking')

  const { decision, respondBy } = answer
  const queue = text('preview.queue', { tier: decision.tier, queue: decision.queueName })
  const target = respondBy
    ? text('preview.respondBy', { time: formats.time(respondBy, now) })
    : text('preview.noTarget')
  return `${queue} — ${target} · ${text('preview.urgency', { score: decision.urgency.score })}`
}
