import { getColor } from '@zendeskgarden/react-theming'
import { Suspense } from 'react'
import { styled } from 'styled-components'
import type { MeasureDefinition, MeasureValue, Trend } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet } from '../../ui/layout.tsx'
import { Sparkline } from '../charts/lazy.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useValueFormat } from './value-format.ts'

export type FigureProps = {
  definition: MeasureDefinition
  value: MeasureValue
  target: number | null
  /** Null where nothing is compared. */
  trend: Trend | null
  /** How it went, week by week. */
  course?: readonly (number | null)[]
}

/** From fewer, a share or a duration says too little to stand in large letters. */
export const LEAST = 5

/** The value, how sure it is, what it is made of, how it stands to its target and to the time before. */
export function Figure({ definition, value, target, trend, course }: FigureProps) {
  const text = useDeskText()
  const formats = useFormats()
  const { kind } = definition
  const format = useValueFormat(kind)
  if (value.value === null) {
    return (
      <>
        <Large $isQuiet>{text('figure.none')}</Large>
        <Quiet>{value.reason ?? text('figure.none.text')}</Quiet>
        {value.open > 0 && <Quiet>{text('figure.open', { count: value.open })}</Quiet>}
      </>
    )
  }
  const isFew = kind !== 'count' && value.n < LEAST
  const count = formats.number(value.n)
  const facts = isFew ? [text('figure.few.text', { value: format.value(value.value) })] : factsOf(value)
  return (
    <>
      <Line>
        <Large $isQuiet={isFew}>{isFew ? text('figure.few', { count }) : format.value(value.value)}</Large>
        {course && course.length > 2 && !isFew && (
          <Suspense>
            <Sparkline values={course} />
          </Suspense>
        )}
      </Line>
      {!isFew && trend && <Change definition={definition} value={value.value} trend={trend} />}
      {target !== null && !isFew && <Against definition={definition} value={value.value} target={target} />}
      <Said>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </Said>
    </>
  )

  function factsOf({ interval, p90, hits, open }: MeasureValue): string[] {
    const isDuration = kind === 'duration'
    return [
      interval && text('figure.interval', { low: format.value(interval[0]), high: format.value(interval[1]) }),
      isDuration && p90 !== null && text('figure.p90', { value: format.value(p90) }),
      kind !== 'count' &&
        (hits === null ? text('figure.n', { count }) : text('figure.hits', { hits: formats.number(hits), count })),
      open > 0 && text('figure.open', { count: open }),
    ].filter((fact) => typeof fact === 'string')
  }
}

/** An arrow only where the intervals leave no doubt. */
function Change({ definition, value, trend }: { definition: MeasureDefinition; value: number; trend: Trend }) {
  const text = useDeskText()
  const format = useValueFormat(definition.kind)
  if (trend.before === null) return null
  const before = format.value(trend.before)
  if (trend.direction === 'unclear') return <Quiet>{text('trend.unclear', { before })}</Quiet>
  const isGood = definition.better === null ? null : (definition.better === 'higher') === (trend.direction === 'up')
  const words = text(`trend.${trend.direction}`, { before, by: format.difference(value - trend.before) })
  return (
    <Moved $tone={isGood === null ? null : isGood ? 'success' : 'danger'}>
      <span aria-hidden="true">{trend.direction === 'up' ? '▲' : '▼'}</span> {words}
      {isGood !== null && ` (${text(isGood ? 'trend.better' : 'trend.worse')})`}
    </Moved>
  )
}

function Against({ definition, value, target }: { definition: MeasureDefinition; value: number; target: number }) {
  const text = useDeskText()
  const format = useValueFormat(definition.kind)
  const isMet = definition.better === 'lower' ? value <= target : value >= target
  const words = { target: format.value(target), by: format.difference(value - target) }
  return (
    <Moved $tone={isMet ? 'success' : 'danger'}>
      <span aria-hidden="true">{isMet ? '✓' : '✕'}</span>{' '}
      {text(isMet ? 'target.met' : `target.missed.${definition.kind === 'share' ? 'share' : 'other'}`, words)}
    </Moved>
  )
}

const Line = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0 10px;
`

/** Facts in a row, none broken in two. */
const Said = styled.ul`
  display: flex;
  flex-wrap: wrap;
  column-gap: 12px;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 12px;
  line-height: 16px;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
`

const Large = styled.span<{ $isQuiet?: boolean }>`
  font-size: ${({ $isQuiet }) => ($isQuiet ? '18px' : 'clamp(17px, 12.5cqi, 26px)')};
  line-height: 32px;
  font-weight: 600;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
  color: ${({ theme, $isQuiet }) => getColor({ theme, variable: $isQuiet ? 'foreground.subtle' : 'foreground.default' })};
`

const Moved = styled.span<{ $tone: 'success' | 'danger' | null }>`
  font-size: 12px;
  line-height: 16px;
  color: ${({ theme, $tone }) => getColor({ theme, variable: $tone ? `foreground.${$tone}` : 'foreground.default' })};
`
