import { getColor } from '@zendeskgarden/react-theming'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react'
import { styled } from 'styled-components'
import { HiddenText } from '../../ui/HiddenText.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { useWidth } from './use-width.ts'

/** Somewhere on a chart that has something to say. */
export type Mark = { x: number; y: number; text: string }

export type Drawn = { marks: Mark[]; content: ReactNode }

type ChartFrameProps = {
  /** What is drawn, and what there is to see in it, for those who do not see it. */
  title: string
  description: string
  height: number
  draw(width: number): Drawn
}

/**
 * What is around every chart: a picture with a name and a description, and points that say what they are: under the
 * pointer, or with the arrow keys, where they are read out.
 */
export function ChartFrame({ title, description, height, draw }: ChartFrameProps) {
  const text = useDeskText()
  const id = useId()
  const [width, measure] = useWidth()
  const [at, setAt] = useState<number | null>(null)
  const [isByKey, setByKey] = useState(false)
  const { marks, content } = width > 0 ? draw(width) : { marks: [], content: null }
  const mark = at === null ? undefined : marks[at]

  function move(event: KeyboardEvent) {
    const last = marks.length - 1
    const next = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? last + 1) - 1, Home: 0, End: last }[event.key]
    if (event.key === 'Escape') setAt(null)
    if (next === undefined || last < 0) return
    event.preventDefault()
    setByKey(true)
    setAt(Math.max(0, Math.min(last, next)))
  }

  function point(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const distances = marks.map((one) => Math.abs(one.x - x) + Math.abs(one.y - y) / 4)
    const nearest = distances.indexOf(Math.min(...distances))
    setByKey(false)
    setAt(nearest >= 0 ? nearest : null)
  }

  return (
    // Its points are reached with the arrow keys, so the chart itself has to take the focus.
    <Frame
      ref={measure}
      role="group"
      tabIndex={0}
      aria-label={title}
      aria-describedby={`${id}-how`}
      onKeyDown={move}
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
      style={{ height }}
    >
      <svg width={width} height={height} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{description}</desc>
        {content}
        {mark && <Ring cx={mark.x} cy={mark.y} r={5} />}
      </svg>
      {mark && (
        <Tip
          aria-hidden="true"
          style={{
            insetInlineStart: Math.max(4, Math.min(mark.x + 10, width - TIP_WIDTH)),
            top: Math.max(0, mark.y - 44),
          }}
        >
          {mark.text}
        </Tip>
      )}
      <HiddenText id={`${id}-how`}>{text('chart.how')}</HiddenText>
      <HiddenText role="status">{isByKey ? mark?.text : ''}</HiddenText>
    </Frame>
  )
}

const TIP_WIDTH = 190

const Frame = styled.div`
  position: relative;
  min-width: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};

  svg {
    display: block;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
    outline-offset: 2px;
  }
`

const Ring = styled.circle`
  fill: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
  stroke: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  stroke-width: 2;
`

const Tip = styled.div`
  position: absolute;
  max-width: ${TIP_WIDTH}px;
  padding: 4px 8px;
  font-size: 12px;
  line-height: 16px;
  pointer-events: none;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.onEmphasis' })};
  background: ${({ theme }) => getColor({ theme, variable: 'background.emphasis' })};
`
