import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'

type MeterProps = {
  label: string
  valueText: string
  /** 0 to 100. */
  percent: number
  tone: MeterTone
  /** Where the bar to reach is, in percent. */
  mark?: number
}

export type MeterTone = 'success' | 'warning' | 'danger' | 'primary' | 'neutral'

/** How much of something there is. Its colour says nothing that the words beside it don't. */
export function Meter({ label, valueText, percent, tone, mark = 0 }: MeterProps) {
  return (
    <Track
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={valueText}
    >
      <Filled $tone={tone} style={{ width: `${percent}%` }} />
      {mark > 0 && mark < 100 && <Mark style={{ insetInlineStart: `${mark}%` }} />}
    </Track>
  )
}

const Track = styled.div`
  position: relative;
  height: 6px;
  border-radius: 3px;
  background: ${({ theme }) => getColor({ theme, variable: 'background.emphasis', transparency: theme.opacity[300] })};
`

const Filled = styled.div<{ $tone: MeterTone }>`
  height: 100%;
  border-radius: 3px;
  transition: width 0.2s ease-out;
  background: ${({ theme, $tone }) =>
    getColor({ theme, variable: $tone === 'neutral' ? 'background.emphasis' : `background.${$tone}Emphasis` })};

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
