import type { Preview } from '../api/use-preview.ts'
import { useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Box, Heading, PlainList, Quiet, Stack } from '../ui/layout.tsx'
import { UrgencyPoints } from './UrgencyPoints.tsx'
import { usePreviewLine } from './use-preview-line.ts'

/** Where this note would go, and why. */
export function PreviewCard({ preview }: { preview: Preview }) {
  const text = useText()
  const line = usePreviewLine(preview)
  const decision = preview.answer?.decision

  return (
    <Box aria-label={text('preview.title')}>
      <Stack $gap={4}>
        <Heading as="h3">{text('preview.title')}</Heading>
        {decision ? <strong>{line}</strong> : <Quiet>{line}</Quiet>}
        {decision && decision.reasons.length > 0 && <span>{decision.reasons[0]}</span>}
        {decision && (
          <Disclosure summary={text('preview.why')}>
            <Stack $gap={8}>
              {decision.reasons.length > 1 && (
                <PlainList>
                  {decision.reasons.map((reason) => (
                    <li key={reason}>{reason}</li>
                  ))}
                </PlainList>
              )}
              <UrgencyPoints urgency={decision.urgency} showsLower />
            </Stack>
          </Disclosure>
        )}
      </Stack>
    </Box>
  )
}
