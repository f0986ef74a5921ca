import { scaleLinear } from 'd3-scale'
import { ChartFrame, type Drawn } from './ChartFrame.tsx'
import { usePalette } from './palette.ts'

export type Bar = { name: string; value: number | null; interval: [number, number] | null; label: string; text: string }

type IntervalBarsProps = {
  title: string
  description: string
  bars: readonly Bar[]
  target: { value: number; label: string } | null
  /** The highest value there can be; left out, the highest there is. */
  top?: number
}

const ROW = 34

/** Values side by side, each with the span in which its true value lies. */
export function IntervalBars({ title, description, bars, target, top }: IntervalBarsProps) {
  const palette = usePalette()
  const height = bars.length * ROW + (target ? 18 : 4)
  return <ChartFrame title={title} description={description} height={height} draw={draw} />

  function draw(width: number): Drawn {
    const values = bars.flatMap(({ value, interval }) => [value ?? 0, interval?.[1] ?? 0])
    const x = scaleLinear([0, top ?? Math.max(1e-9, target?.value ?? 0, ...values)], [0, width - 2])
    const yOf = (index: number) => index * ROW + (target ? 14 : 0)
    return {
      marks: bars.map(({ value, text }, index) => ({ x: x(value ?? 0), y: yOf(index) + 23, text })),
      content: (
        <>
          {bars.map(({ name, value, interval, label }, index) => (
            <g key={name} transform={`translate(0 ${yOf(index)})`}>
              <text y={12} fill={palette.text} fontSize={12}>
                {shortened(name, width - 90)}
              </text>
              <text x={width} y={12} textAnchor="end" fill={palette.text} fontSize={12} fontWeight={600}>
                {label}
              </text>
              <rect y={18} width={width} height={10} rx={2} fill={palette.grid} />
              {value !== null && (
                <rect y={18} width={Math.max(1, x(value))} height={10} rx={2} fill={palette.series(0)} />
              )}
              {interval && (
                <path
                  d={`M${x(interval[0])} 23H${x(interval[1])}M${x(interval[0])} 19v8M${x(interval[1])} 19v8`}
                  stroke={palette.text}
                  strokeWidth={1.5}
                />
              )}
            </g>
          ))}
          {target && (
            <g>
              <line
                x1={x(target.value)}
                x2={x(target.value)}
                y1={12}
                y2={height}
                stroke={palette.target}
                strokeWidth={1.5}
                strokeDasharray="4 3"
              />
              <text
                x={Math.min(x(target.value), width)}
                y={9}
                textAnchor={x(target.value) > width / 2 ? 'end' : 'start'}
                fill={palette.target}
              >
                {target.label}
              </text>
            </g>
          )}
        </>
      ),
    }
  }
}

/** About 6.2 px a letter. */
function shortened(name: string, room: number): string {
  const most = Math.max(4, Math.floor(room / 6.2))
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`
}
