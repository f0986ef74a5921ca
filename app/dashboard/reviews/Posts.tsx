import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import { type FormEvent, useId, useState } from 'react'
import { styled } from 'styled-components'
import { PostReviews } from '../../../core/contract/reviews.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Facts, Quiet, Row, Stack } from '../../ui/layout.tsx'
import { Pill } from '../../ui/Pill.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Part } from '../report/ReportPage.tsx'
import { TicketLink } from '../ticket/TicketLink.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { deskTextOr, useDeskText } from '../use-desk-text.ts'
import { NotRecorded } from './NotRecorded.tsx'
import { useSent } from './use-sent.ts'

const PATH = '/desk/reviews/post'
/** Long lists begin short. */
const FIRST = 8
const PROMPTS = ['wentWell', 'wentBadly', 'actions'] as const

type Review = PostReviews['reviews'][number]
type Answers = Review['answers']

/** Reviews of grave escalations that are over, what was answered, and those that are due. */
export function Posts() {
  const text = useDeskText()
  const days = useDays()
  const reading = useAnswer(PATH, PostReviews)
  const { latest, isBusy, failure, send } = useSent(PostReviews)
  const [isWhole, setWhole] = useState(false)
  return (
    <Part aria-labelledby="posts-title">
      <h2 id="posts-title">{text('posts.title')}</h2>
      {failure && <NotRecorded failure={failure} />}
      <Tile title={text('posts.list')} isWide>
        <Shown
          reading={latest ? { state: 'ready', value: latest, stale: null, retry: () => {} } : reading}
          height={120}
        >
          {({ reviews }) =>
            reviews.length === 0 ? (
              <Empty title={text('posts.none')}>{text('posts.none.text')}</Empty>
            ) : (
              <Stack $gap={4}>
                {(isWhole ? reviews : reviews.slice(0, FIRST)).map((review) => (
                  <Disclosure key={review.escalationId} summary={line(review)}>
                    <Review
                      review={review}
                      isBusy={isBusy}
                      onAnswer={(answers, done) => send(PATH, { escalationId: review.escalationId, answers, done })}
                    />
                  </Disclosure>
                ))}
                {reviews.length > FIRST && !isWhole && (
                  <span>
                    <Button size="small" onClick={() => setWhole(true)}>
                      {text('posts.all', { count: reviews.length })}
                    </Button>
                  </span>
                )}
              </Stack>
            )
          }
        </Shown>
      </Tile>
    </Part>
  )

  function line({ severity, summary, escalationId, state, dueAt, doneBy }: Review) {
    const due = days.instant(new Date(dueAt).toISOString())
    return (
      <Row>
        <Pill>{text(`posts.state.${state}`)}</Pill>
        <span>
          {severity} · {summary || escalationId}
        </span>
        <Quiet>{state === 'done' ? text('posts.by', { name: doneBy ?? '' }) : text('posts.due', { at: due })}</Quiet>
      </Row>
    )
  }
}

type ReviewProps = { review: Review; isBusy: boolean; onAnswer(answers: Answers, done: boolean): Promise<boolean> }

function Review({ review, isBusy, onAnswer }: ReviewProps) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const id = useId()
  const [answers, setAnswers] = useState(review.answers)
  const { ticketId, account, requestedAt, endedAt, clocks, causes, counts } = review
  const instant = (at: number) => days.instant(new Date(at).toISOString())

  function submit(event: FormEvent) {
    event.preventDefault()
    void onAnswer(answers, true)
  }

  return (
    <Stack>
      <Facts>
        <dt>{text('column.ticket')}</dt>
        <dd>
          <TicketLink id={ticketId} /> {account}
        </dd>
        <dt>{text('posts.lasted')}</dt>
        <dd>
          {instant(requestedAt)} – {instant(endedAt)} ({formats.span(endedAt - requestedAt)})
        </dd>
        {causes && (
          <>
            <dt>{text('posts.cause')}</dt>
            <dd>{causes.rootCause}</dd>
            <dt>{text('posts.fix')}</dt>
            <dd>{causes.fix}</dd>
          </>
        )}
        <dt>{text('posts.clocks')}</dt>
        <dd>
          {clocks
            .map(({ name, tier, verdict, elapsedMs, targetMs }) =>
              text('posts.clock', {
                clock:
                  deskTextOr(text, `clock.${name}`, name) +
                  (tier === null ? '' : ` (${text('tier.name', { tier: String(tier) })})`),
                verdict: text(`posts.verdict.${verdict}`),
                elapsed: formats.span(elapsedMs),
                target: formats.span(targetMs),
              }),
            )
            .join('; ')}
        </dd>
        <dt>{text('posts.counts')}</dt>
        <dd>
          {text('posts.counts.text', {
            handOvers: counts.handOvers,
            returns: counts.returns,
            asked: counts.hadToAsk,
            helpers: counts.helpers,
          })}
        </dd>
      </Facts>
      <form onSubmit={submit}>
        <Stack>
          {PROMPTS.map((prompt) => (
            <Stack key={prompt} $gap={4}>
              <label htmlFor={`${id}-${prompt}`}>{text(`posts.${prompt}`)}</label>
              <Words
                id={`${id}-${prompt}`}
                rows={3}
                maxLength={4000}
                value={answers[prompt]}
                onChange={(event) => setAnswers({ ...answers, [prompt]: event.target.value })}
              />
            </Stack>
          ))}
          <Row>
            <Button size="small" disabled={isBusy} onClick={() => void onAnswer(answers, false)}>
              {text('posts.keep')}
            </Button>
            <Button type="submit" size="small" isPrimary disabled={isBusy}>
              {text('posts.finish')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Stack>
  )
}

const Words = styled.textarea`
  width: 100%;
  padding: 6px 10px;
  font: inherit;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.emphasis' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 1px;
  }
`
