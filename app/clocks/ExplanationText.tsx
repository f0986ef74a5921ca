import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import { useState } from 'react'
import { styled } from 'styled-components'
import type { ClockExplanation } from '../../core/contract/api.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { Quiet, Stack } from '../ui/layout.tsx'

export type ExplanationTextProps = { name: string; explanation: ClockExplanation; now: Instant }

/** More than these only for who asks: the last ones are those that decide. */
const SHOWN = 8

/** The sentence, then every stretch that was counted or was not and why, then what it was counted by. */
export function ExplanationText({ name, explanation, now }: ExplanationTextProps) {
  const text = useText()
  const formats = useFormats()
  const [showsAll, setShowsAll] = useState(false)
  const { sentence, stretches, schedules, policyVersion } = explanation
  const shown = showsAll ? stretches : stretches.slice(-SHOWN)
  const hidden = stretches.length - shown.length

  return (
    <Panel aria-label={text('explain.title', { clock: name })}>
      <Stack $gap={8}>
        <p>{sentence}</p>
        {stretches.length === 0 && <Quiet>{text('explain.empty')}</Quiet>}
        {hidden > 0 && (
          <div>
            <Button isLink size="small" onClick={() => setShowsAll(true)}>
              {text('explain.earlier', { count: hidden })}
            </Button>
          </div>
        )}
        {shown.length > 0 && (
          <ol>
            {shown.map((stretch) => (
              <Stretch key={stretch.from} $isCounted={stretch.kind === 'counted'}>
                <span>{kindOf(stretch)}</span>
                <span>{formats.span(lengthOf(stretch))}</span>
                <Quiet>{text('explain.fromTo', { from: formats.time(stretch.from, now), to: endOf(stretch) })}</Quiet>
              </Stretch>
            ))}
          </ol>
        )}
        <Quiet>
          {text('explain.policy', { version: policyVersion ?? '–' })}
          {schedules.map(({ name: schedule, timezone, version }) => (
            <span key={version}>
              <br />
              {text('explain.schedule', { schedule, timezone, version })}
            </span>
          ))}
        </Quiet>
      </Stack>
    </Panel>
  )

  function kindOf({ kind, because }: ClockExplanation['stretches'][number]): string {
    if (kind === 'holiday') return because ?? text('explain.closed')
    return kind === 'paused' && because ? text('explain.pausedFor', { because }) : text(`explain.${kind}`)
  }

  /** The time alone when it ends on the day it begins. */
  function endOf({ from, to }: ClockExplanation['stretches'][number]): string {
    return formats.time(to, formats.isSameDay(from, to) ? Date.parse(to) : now)
  }
}

/** To the minute, so that the lengths agree with the times beside them. */
function lengthOf({ from, to }: Pick<ClockExplanation['stretches'][number], 'from' | 'to'>): number {
  const ms = Date.parse(to) - Date.parse(from)
  return ms < MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS
}

const Panel = styled.section`
  padding: 8px 10px;
  border-inline-start: 3px solid ${({ theme }) => getColor({ theme, variable: 'border.emphasis' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
  font-size: 12px;
  line-height: 18px;

  p,
  ol {
    margin: 0;
  }

  ol {
    display: flex;
    flex-direction: column;
    gap: 6px;
    padding: 0;
    list-style: none;
  }
`

const Stretch = styled.li<{ $isCounted: boolean }>`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  column-gap: 8px;
  font-weight: ${({ $isCounted }) => ($isCounted ? 600 : 400)};

  ${Quiet} {
    grid-column: 1 / -1;
    font-weight: 400;
  }
`
