import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import { boxOf, NameAxis, ValueAxis } from './Axes.tsx'
import { ChartFrame, type Drawn } from './ChartFrame.tsx'
import { Hatches } from './Hatches.tsx'
import { Legend } from './Legend.tsx'

export type Stack = { name: string; parts: readonly number[]; text: string; isPartial?: boolean }

type StackedBarsProps = {
  title: string
  description: string
  /** What the parts of each bar are, from the bottom up. */
  kinds: readonly string[]
  stacks: readonly Stack[]
  format(value: number): string
  height?: number
}

/** How many over time, and what they are made of. */
export function StackedBars({ title, description, kinds, stacks, format, height = 200 }: StackedBarsProps) {
  const id = useId()
  return (
    <>
      <ChartFrame title={title} description={description} height={height} draw={draw} />
      {kinds.length > 1 && <Legend id={`${id}-key`} names={kinds} />}
    </>
  )

  function draw(width: number): Drawn {
    const box = boxOf(width, height)
    const totals = stacks.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0))
    const y = scaleLinear([0, Math.max(1, ...totals)], [box.bottom, box.top]).nice(4)
    const x = scaleBand(
      stacks.map((_, index) => index),
      [box.left, box.right],
    ).padding(0.25)
    const middle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2
    return {
      marks: stacks.map(({ text }, index) => ({ x: middle(index), y: y(totals[index]!), text })),
      content: (
        <>
          <Hatches id={id} count={kinds.length} />
          <ValueAxis box={box} ticks={y.ticks(4).filter(Number.isInteger)} at={y} format={format} />
          <NameAxis box={box} names={stacks.map(({ name }) => name)} at={middle} />
          {stacks.map(({ name, parts, isPartial }, index) => (
            <g key={name} opacity={isPartial ? 0.55 : 1}>
              {parts.map((part, kind) => {
                const below = parts.slice(0, kind).reduce((sum, one) => sum + one, 0)
                const tall = y(below) - y(below + part)
                return tall > 0 ? (
                  <rect
                    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
                    key={kind}
                    x={x(index)}
                    width={x.bandwidth()}
                    y={y(below + part)}
                    height={Math.max(0.5, tall - 1)}
                    rx={Math.min(2, tall / 2)}
                    fill={`url(#${id}-${kind})`}
                  />
                ) : null
              })}
            </g>
          ))}
        </>
      ),
    }
  }
}
