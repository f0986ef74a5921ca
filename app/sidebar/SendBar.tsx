import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { styled } from 'styled-components'
import type { Completeness } from '../../core/note/completeness.ts'
import { type FieldPath, isFieldPath } from '../../core/note/fields.ts'
import type { Severity } from '../../core/severity.ts'
import type { Preview } from '../api/use-preview.ts'
import { counted, useFormats, useText } from '../i18n/text.tsx'
import { HiddenText } from '../ui/HiddenText.tsx'
import { Quiet, Row, Stack } from '../ui/layout.tsx'
import { Meter } from '../ui/Meter.tsx'
import { PreviewLine } from './PreviewLine.tsx'
import type { Sending } from './use-sending.ts'

type SendBarProps = {
  preview: Preview
  completeness: Completeness
  /** The severity that lets a note below the bar go at once; null when it has to wait. */
  goesAtOnce: Severity | null
  canSend: boolean
  verb: 'escalate' | 'amend'
  sending: Sending
  onMissing: (path: FieldPath) => void
  onSend: () => void
  /** What the agent has to know before sending, wherever they have scrolled to. */
  children?: ReactNode
}

const SHOWN_MISSING = 3

/** Always in sight: where it goes, how complete it is, what is missing, and the button. */
export function SendBar(props: SendBarProps) {
  const { preview, completeness, goesAtOnce, canSend, verb, sending, onMissing, onSend, children } = props
  const text = useText()
  const formats = useFormats()
  const [showsAll, setShowsAll] = useState(false)

  const { score, bar } = completeness
  const isEnough = score >= bar
  const missing = completeness.missing.flatMap((item) =>
    isFieldPath(item.field) ? [{ ...item, field: item.field }] : [],
  )
  const shown = showsAll ? missing : missing.slice(0, SHOWN_MISSING)
  const scoreText = isEnough ? text('score.enough', { score }) : text('score.of', { score, bar })
  const names = missing.slice(0, SHOWN_MISSING).map(({ field }) => text(`field.${field}`))
  const announced = useDeferredValue(
    isEnough
      ? text('score.announceEnough', { score })
      : text('score.announce', { score, bar, missing: formats.list(names) }),
  )

  return (
    <Sticky>
      <Stack $gap={6}>
        {children}
        <PreviewLine preview={preview} />
        <Row $spread $gap={4}>
          <Quiet>{text('score.title')}</Quiet>
          <Quiet>{scoreText}</Quiet>
        </Row>
        <Meter
          label={text('score.title')}
          valueText={scoreText}
          percent={score}
          tone={isEnough ? 'success' : 'warning'}
          mark={bar}
        />
        <HiddenText aria-live="polite">{announced}</HiddenText>
        {missing.length > 0 && (
          <Missing aria-label={text('score.missing')}>
            {shown.map(({ field, points }) => (
              <li key={field}>
                <Chip type="button" onClick={() => onMissing(field)}>
                  {text('score.item', { field: text(`field.${field}`), points })}
                </Chip>
              </li>
            ))}
            {missing.length > SHOWN_MISSING && (
              <li>
                <Chip type="button" $isPlain aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
                  {showsAll
                    ? text('score.fewer')
                    : counted(text, formats, 'score.more', missing.length - SHOWN_MISSING)}
                </Chip>
              </li>
            )}
          </Missing>
        )}
        {!isEnough && goesAtOnce && <Quiet>{text('score.atOnce', { severity: goesAtOnce })}</Quiet>}
        <Button
          isPrimary
          isStretched
          size="medium"
          disabled={!canSend || sending.state === 'sending'}
          aria-describedby={canSend ? undefined : 'send-why-not'}
          onClick={onSend}
        >
          {sending.state === 'sending' ? text('send.sending') : label()}
        </Button>
        {!canSend && !isEnough && (
          <HiddenText id="send-why-not">{text('send.below', { points: bar - score })}</HiddenText>
        )}
        {sending.waitSeconds !== null && (
          <Quiet role="status">{counted(text, formats, 'send.waiting', sending.waitSeconds)}</Quiet>
        )}
      </Stack>
    </Sticky>
  )

  function label(): string {
    if (verb === 'amend') return text('send.amend')
    const decision = preview.answer?.decision
    return decision ? text('send.to', { tier: decision.tier, queue: decision.queueName }) : text('send.plain')
  }
}

const Sticky = styled.div`
  position: sticky;
  bottom: 0;
  z-index: 1;
  margin: 0 -12px -12px;
  padding: 10px 12px 12px;
  border-top: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
`

const Missing = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
  margin: 0;
  padding: 0;
  list-style: none;
`

const Chip = styled.button<{ $isPlain?: boolean }>`
  padding: 1px 8px;
  border: 1px solid ${({ theme, $isPlain }) => ($isPlain ? 'transparent' : getColor({ theme, variable: 'border.default' }))};
  border-radius: 12px;
  font: inherit;
  font-size: 12px;
  line-height: 20px;
  text-align: start;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.primary' })};
  background: transparent;
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 1px;
  }
`
