import { Skeleton } from '@zendeskgarden/react-loaders'
import type { RefObject } from 'react'
import { useText } from '../i18n/text.tsx'
import { Box, Row, Stack, Title } from '../ui/layout.tsx'

type WaitingCardProps = {
  headingRef: RefObject<HTMLHeadingElement | null>
  isServerAway: boolean
  isEarlierText: boolean
}

/** The note is in the ticket; the server has not said yet where it goes. */
export function WaitingCard({ headingRef, isServerAway, isEarlierText }: WaitingCardProps) {
  const text = useText()
  return (
    <Stack>
      <Title ref={headingRef} tabIndex={-1}>
        {text('status.waiting')}
      </Title>
      <Box>
        <Row $gap={10}>
          {!isServerAway && <Skeleton width="18px" height="18px" aria-hidden="true" />}
          <span role="status">{text(isServerAway ? 'status.waiting.away' : 'status.waiting.text')}</span>
        </Row>
        {isEarlierText && <p>{text('status.earlierText')}</p>}
      </Box>
    </Stack>
  )
}
