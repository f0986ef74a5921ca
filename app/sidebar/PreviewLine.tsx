import { styled } from 'styled-components'
import type { Preview } from '../api/use-preview.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { PlainList, Quiet, Stack } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'
import { UrgencyPoints } from './UrgencyPoints.tsx'

/** "L2 · Identity — respond by 15:40 · urgency 62", and why. */
export function PreviewLine({ preview: { answer, state } }: { preview: Preview }) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  if (!answer) return <Quiet>{text(state === 'away' ? 'preview.away' : 'preview.asking')}</Quiet>

  const { decision, respondBy } = answer
  const queue = text('preview.queue', { tier: decision.tier, queue: decision.queueName })
  const target = respondBy
    ? text('preview.respondBy', { time: formats.time(respondBy, now) })
    : text('preview.noTarget')
  return (
    <section aria-label={text('preview.title')}>
      <div>
        <strong>{queue}</strong> — {target} · {text('preview.urgency', { score: decision.urgency.score })}
      </div>
      <Disclosure summary={text('preview.why')}>
        <Inside>
          <Stack $gap={8}>
            <PlainList>
              {decision.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </PlainList>
            <UrgencyPoints urgency={decision.urgency} showsLower />
          </Stack>
        </Inside>
      </Disclosure>
    </section>
  )
}

/** The bar stays in sight while this is open, so it may not take the whole sidebar. */
const Inside = styled.div`
  max-height: 40vh;
  overflow: auto;
`
