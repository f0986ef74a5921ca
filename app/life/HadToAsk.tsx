import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'
import { type FieldPath, fieldAt } from '../../core/note/fields.ts'
import { useText } from '../i18n/text.tsx'
import type { LifeDesk } from './desk.ts'
import { SendProblem } from './SendProblem.tsx'
import { useAction } from './use-action.ts'
import { useLifeText } from './use-life-text.ts'

/** One tap beside a section of the note: the receiver had to ask about it although the note should have said it. */
export function HadToAsk({ desk, path }: { desk: LifeDesk; path: FieldPath }) {
  const text = useText()
  const lifeText = useLifeText()
  const { heading } = fieldAt(path)
  const written = { sections: [heading], explanation: '' }
  const { sending, submit } = useAction(desk, 'had-to-ask', written, heading)
  const section = text(`field.${path}`)
  const isUnderWay = desk.sent.some(({ verb, part }) => verb === 'had-to-ask' && part === heading)
  const isDone = isUnderWay || desk.escalation.life.askedAbout.includes(heading)
  const isSending = sending.state === 'sending'

  return (
    <>
      <Tap
        type="button"
        // Stays where it is and keeps the focus, whatever comes of it.
        aria-disabled={isDone || isSending}
        aria-label={lifeText(isDone ? 'asked.doneLabel' : 'asked.label', { section })}
        $isDone={isDone}
        onClick={() => {
          if (!isDone && !isSending) submit(written)
        }}
      >
        {isSending ? text('send.sending') : lifeText(isDone ? 'asked.done' : 'asked.button')}
      </Tap>
      {sending.failed && <SendProblem sending={sending} />}
    </>
  )
}

const Tap = styled.button<{ $isDone: boolean }>`
  flex: none;
  padding: 1px 2px;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  font: inherit;
  font-size: 12px;
  line-height: 22px;
  color: ${({ theme, $isDone }) => getColor({ theme, variable: $isDone ? 'foreground.subtle' : 'foreground.primary' })};
  background: transparent;
  cursor: ${({ $isDone }) => ($isDone ? 'default' : 'pointer')};

  &:hover:not([aria-disabled='true']) {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
  }
`
