import { Button } from '@zendeskgarden/react-buttons'
import { styled } from 'styled-components'
import type { SimilarCard } from '../../core/contract/similar.ts'
import { useFormats } from '../i18n/text.tsx'
import { clearanceOf, openEscalation } from '../sidebar/clearance.ts'
import { emptyForm } from '../sidebar/forms.ts'
import { useDraft } from '../sidebar/use-draft.ts'
import { useSending } from '../sidebar/use-sending.ts'
import { Box, Facts, Quiet, Row, Stack } from '../ui/layout.tsx'
import { Pill } from '../ui/Pill.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useNow } from '../ui/use-now.ts'
import type { SimilarDesk } from './similar-desk.ts'
import { codeText, useSimilarText } from './use-similar-text.ts'

type PastCardProps = { desk: SimilarDesk; card: SimilarCard; onNotSame: () => void }

const BLANK = emptyForm('same-problem')

/** What it was, how it ended, how long it took and who did it; and whether this is the same. */
export function PastCard({ desk, card, onNotSame }: PastCardProps) {
  const text = useSimilarText()
  const formats = useFormats()
  const now = useNow()
  const { zaf, session, earlier, findEscalation, onSent } = desk
  const { escalationId: id, ticketId, summary, code, rootCause, fix, articleUrl, sameProblems } = card
  const { subdomain, user } = session
  const verb = 'same-problem' as const
  const editor = useDraft({ subdomain, ticketId: session.ticketId, userId: user.id, verb, part: id }, BLANK)
  const { sending, send } = useSending<'same-problem'>(zaf, editor)
  const isSending = sending.state === 'sending'
  const isWeb = articleUrl !== null && /^https?:\/\//i.test(articleUrl)

  return (
    <Box aria-label={text('similar.cardLabel', { id })}>
      <Stack $gap={6}>
        <Row $spread>
          <Summary>{summary || id}</Summary>
          <Pill>{codeText(text, code)}</Pill>
        </Row>
        <Quiet>
          {text('similar.meta', {
            id,
            who: card.resolvedBy,
            span: formats.span(card.tookMs),
            when: formats.fromNow(card.resolvedAt, now),
          })}
          {card.component !== null && ` · ${card.component}`}
          {sameProblems > 0 &&
            ` · ${text(formats.isOne(sameProblems) ? 'similar.known.one' : 'similar.known.other', { count: sameProblems })}`}
        </Quiet>
        <Facts>
          {rootCause && (
            <>
              <dt>{text('similar.cause')}</dt>
              <Line title={rootCause}>{rootCause}</Line>
            </>
          )}
          {fix && (
            <>
              <dt>{text('similar.fix')}</dt>
              <Line title={fix}>{fix}</Line>
            </>
          )}
          {isWeb && (
            <>
              <dt>{text('similar.article')}</dt>
              <dd>
                <TextLink href={articleUrl} target="_blank" rel="noopener noreferrer">
                  {shortAddress(articleUrl)}
                </TextLink>
              </dd>
            </>
          )}
        </Facts>
        <Row>
          <Button
            size="small"
            aria-label={text('similar.same.label', { id })}
            aria-disabled={isSending}
            onClick={() => !isSending && sayTheSame()}
          >
            {text('similar.same')}
          </Button>
          <Button size="small" isBasic aria-label={text('similar.not.label', { id })} onClick={onNotSame}>
            {text('similar.not')}
          </Button>
        </Row>
        {sending.failed && <div role="alert">{text('similar.failed')}</div>}
      </Stack>
    </Box>
  )

  /** Into the ticket, on the same path as every command; the note that was begun stays as a draft. */
  async function sayTheSame() {
    const solution = [rootCause, fix, articleUrl].filter(Boolean).join('\n')
    const written = { escalation: id, ticket: ticketId, solution, comment: '' }
    const record = await send({ verb, part: id, ticketId: session.ticketId, written, askClearance })
    if (!record) {
      findEscalation()
      return
    }
    editor.clear()
    // What was said is told again after a reload, before the server has taken it in.
    onSent({ ...record, text: { ...record.text, written } })
  }

  async function askClearance() {
    const answer = await findEscalation()
    const open = openEscalation(answer)
    return open
      ? { failure: 'already-escalated' as const, detail: open.requestedBy.name }
      : clearanceOf(answer, earlier, Date.now())
  }
}

function shortAddress(url: string): string {
  return decodeURI(url)
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/[?#].*$/, '')
}

const Summary = styled.strong`
  flex: 1 1 120px;
  min-width: 0;
`

/** The whole of it stands in the tooltip and in the ticket. */
const Line = styled.dd`
  display: -webkit-box;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
`
