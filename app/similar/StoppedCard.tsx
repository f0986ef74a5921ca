import { Button } from '@zendeskgarden/react-buttons'
import { type RefObject, useState } from 'react'
import { styled } from 'styled-components'
import type { Stopped } from '../../core/contract/api.ts'
import { useFormats } from '../i18n/text.tsx'
import { Box, Quiet, Row, Stack, Title } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Zaf } from '../zaf/client.ts'
import { addToReply } from '../zaf/reply.ts'
import { useSimilarText } from './use-similar-text.ts'

type StoppedCardProps = {
  zaf: Zaf
  headingRef: RefObject<HTMLHeadingElement | null>
  /** As the server tells it; null while only the ticket knows. */
  stopped: Stopped | null
  /** What was said, while the server has not taken it in. */
  said: { escalation: string; ticket: number | null; solution: string } | null
  isServerAway: boolean
  onEscalate: () => void
}

/** The problem is known: how it was solved, for the reply, and the way back. */
export function StoppedCard({ zaf, headingRef, stopped, said, isServerAway, onEscalate }: StoppedCardProps) {
  const text = useSimilarText()
  const formats = useFormats()
  const now = useNow()
  const [replied, setReplied] = useState<'none' | 'public' | 'internal' | 'failed'>('none')
  const id = stopped?.pastId ?? said?.escalation ?? ''
  const ticketId = stopped?.past?.ticketId ?? said?.ticket ?? null
  const solution = said?.solution ?? [stopped?.past?.fix, stopped?.past?.articleUrl].filter(Boolean).join('\n')

  return (
    <Stack>
      <Title ref={headingRef} tabIndex={-1}>
        {text('stopped.title', { id })}
      </Title>
      <Box>
        <Stack $gap={8}>
          {!stopped && <Quiet role="status">{text(isServerAway ? 'stopped.away' : 'stopped.waits')}</Quiet>}
          {stopped?.past?.summary && <strong>{stopped.past.summary}</strong>}
          {solution && (
            <>
              <span>{text('stopped.text')}</span>
              <Solution>{solution}</Solution>
              <div>
                <Button size="small" aria-describedby="stopped-note" onClick={reply}>
                  {text('stopped.reply')}
                </Button>
              </div>
              <Quiet id="stopped-note">{text('stopped.reply.note')}</Quiet>
            </>
          )}
          <div role="status">
            {replied === 'public' && text('stopped.replied')}
            {replied === 'internal' && text('stopped.replied.internal')}
            {replied === 'failed' && text('stopped.reply.failed')}
          </div>
          <Row $spread>
            <Quiet>
              {stopped && text('stopped.by', { name: stopped.by.name, time: formats.time(stopped.at, now) })}
            </Quiet>
            {ticketId !== null && (
              <Button isLink size="small" onClick={() => zaf.invoke('routeTo', 'ticket', ticketId).catch(() => {})}>
                {text('stopped.open', { id: `#${ticketId}` })}
              </Button>
            )}
          </Row>
        </Stack>
      </Box>
      {stopped && (
        <div>
          <Button size="small" isBasic onClick={onEscalate}>
            {text('stopped.anyway')}
          </Button>
        </div>
      )}
    </Stack>
  )

  async function reply() {
    try {
      setReplied(await addToReply(zaf, `${solution}\n`))
    } catch {
      setReplied('failed')
    }
  }
}

const Solution = styled.p`
  margin: 0;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`
