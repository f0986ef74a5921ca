import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import { boxOf, NameAxis, TargetLine, ValueAxis } from './Axes.tsx'
import { ChartFrame, type Drawn } from './ChartFrame.tsx'
import { usePalette } from './palette.ts'

export type LinePoint = {
  /** Along the bottom: `10 Mar`. */
  name: string
  value: number | null
  interval: [number, number] | null
  /** What is said of it. */
  text: string
  /** Not over yet, so it may change. */
  isPartial?: boolean
}

type LineChartProps = {
  title: string
  description: string
  points: readonly LinePoint[]
  target: { value: number; label: string } | null
  format(value: number): string
  /** Marks of the axis are whole ones of this. */
  unit?(highest: number): number
  /** The highest value there can be; left out, the highest there is. */
  top?: number
  height?: number
}

/** One measure over time, with the band in which its true value lies and the line it is to reach. */
export function LineChart({
  title,
  description,
  points,
  target,
  format,
  unit = () => 1,
  top,
  height = 200,
}: LineChartProps) {
  const palette = usePalette()
  return <ChartFrame title={title} description={description} height={height} draw={draw} />

  function draw(width: number): Drawn {
    const box = boxOf(width, height)
    const values = points.flatMap(({ value, interval }) => [value ?? 0, interval?.[1] ?? 0])
    const highest = top ?? Math.max(1e-9, target?.value ?? 0, ...values)
    const one = unit(highest)
    const units = scaleLinear([0, highest / one], [box.bottom, box.top]).nice(4)
    const y = (value: number) => units(value / one)
    const ticks = units.ticks(4).map((tick) => tick * one)
    const x = scalePoint(
      points.map((_, index) => index),
      [box.left + 12, box.right - 12],
    )
    const at = (index: number) => x(index) ?? box.left
    const shown = points.map((point, index) => ({ ...point, index }))
    const isThere = ({ value }: LinePoint) => value !== null
    const path = line<(typeof shown)[number]>(
      (point) => at(point.index),
      ({ value }) => y(value ?? 0),
    ).defined(isThere)
    const band = area<(typeof shown)[number]>(
      (point) => at(point.index),
      ({ interval }) => y(interval?.[0] ?? 0),
      ({ interval }) => y(interval?.[1] ?? 0),
    ).defined(({ interval }) => interval !== null)
    const whole = shown.filter(({ isPartial }) => !isPartial)
    const colour = palette.series(0)
    return {
      marks: shown.filter(isThere).map(({ index, value, text }) => ({ x: at(index), y: y(value!), text })),
      content: (
        <>
          <ValueAxis box={box} ticks={ticks} at={y} format={format} />
          <NameAxis box={box} names={points.map(({ name }) => name)} at={at} />
          <path d={band(whole) ?? ''} fill={colour} opacity={0.16} />
          <path d={path(shown) ?? ''} fill="none" stroke={colour} strokeWidth={2} strokeDasharray="2 4" />
          <path d={path(whole) ?? ''} fill="none" stroke={colour} strokeWidth={2} />
          {shown.filter(isThere).map(({ index, value, isPartial }) => (
            <circle
              key={index}
              cx={at(index)}
              cy={y(value!)}
              r={3.5}
              fill={isPartial ? palette.ground : colour}
              stroke={colour}
              strokeWidth={2}
            />
          ))}
          {target && <TargetLine box={box} y={y(target.value)} label={target.label} />}
        </>
      ),
    }
  }
}
