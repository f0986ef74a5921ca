import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'

type ScoreMeterProps = { label: string; valueText: string; score: number; bar: number }

/** How complete the note is, with a mark where the bar is. */
export function ScoreMeter({ label, valueText, score, bar }: ScoreMeterProps) {
  return (
    <Track
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={score}
      aria-valuetext={valueText}
    >
      <Filled $isEnough={score >= bar} style={{ width: `${score}%` }} />
      {bar > 0 && bar < 100 && <Mark style={{ insetInlineStart: `${bar}%` }} />}
    </Track>
  )
}

const Track = styled.div`
  position: relative;
  height: 6px;
  border-radius: 3px;
  background: ${({ theme }) => getColor({ theme, variable: 'background.emphasis', transparency: theme.opacity[300] })};
`

const Filled = styled.div<{ $isEnough: boolean }>`
  height: 100%;
  border-radius: 3px;
  transition: width 0.2s ease-out;
  background: ${({ theme, $isEnough }) =>
    getColor({ theme, variable: $isEnough ? 'background.successEmphasis' : 'background.warningEmphasis' })};

  @media (prefers-reduced-motion: reduce) {
    transition: none;
  }
`

const Mark = styled.div`
  position: absolute;
  top: -3px;
  width: 2px;
  height: 12px;
  border-radius: 1px;
  background: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
`
