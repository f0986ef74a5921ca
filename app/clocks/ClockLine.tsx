import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import { useId, useState } from 'react'
import { styled } from 'styled-components'
import type { ClockView } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'
import { useText } from '../i18n/text.tsx'
import { HiddenText } from '../ui/HiddenText.tsx'
import { Quiet, Row, Stack } from '../ui/layout.tsx'
import { Meter, type MeterTone } from '../ui/Meter.tsx'
import { type ClockReading, readClock } from './clock-reading.ts'
import { Explanation, type LoadExplanation } from './Explanation.tsx'
import { useClockWords } from './use-clock-words.ts'

type ClockLineProps = { clock: ClockView; asOf: Instant; now: Instant; onExplain: LoadExplanation }

/** One clock: which, how much is left, until when and by which schedule, and why. */
export function ClockLine({ clock, asOf, now, onExplain }: ClockLineProps) {
  const text = useText()
  const { nameOf, standingOf, readOut, detailsOf } = useClockWords()
  const [isExplained, setIsExplained] = useState(false)
  const panelId = useId()
  const reading = readClock(clock, asOf, now)
  const name = nameOf(clock)
  const isBreached = reading.standing === 'breached'

  return (
    <Stack $gap={4}>
      <Row $spread $gap={4}>
        <span>{name}</span>
        <Standing $isBreached={isBreached}>{standingOf(reading)}</Standing>
      </Row>
      <Meter
        label={name}
        valueText={readOut(reading)}
        percent={isBreached ? 100 : 100 - reading.percentLeft}
        tone={toneOf(reading)}
      />
      <Row $spread $gap={4}>
        <Quiet>{detailsOf(clock, reading, now).join(' · ')}</Quiet>
        <Ask isLink aria-expanded={isExplained} aria-controls={panelId} onClick={() => setIsExplained(!isExplained)}>
          {text('explain.open')}
          <HiddenText> {name}</HiddenText>
        </Ask>
      </Row>
      <div id={panelId}>{isExplained && <Explanation clock={clock} name={name} now={now} onLoad={onExplain} />}</div>
    </Stack>
  )
}

function toneOf({ standing, percentLeft }: ClockReading): MeterTone {
  if (standing === 'breached') return 'danger'
  if (standing === 'met') return 'success'
  if (standing !== 'running') return 'neutral'
  return percentLeft <= 10 ? 'danger' : percentLeft <= 25 ? 'warning' : 'primary'
}

/** Small like the words beside it, and still easy to hit. */
const Ask = styled(Button)`
  && {
    font-size: 12px;
    line-height: 24px;
  }
`

const Standing = styled.strong<{ $isBreached: boolean }>`
  font-weight: 600;
  font-variant-numeric: tabular-nums;
  color: ${({ theme, $isBreached }) => getColor({ theme, variable: $isBreached ? 'foreground.danger' : 'foreground.default' })};
`
