import { scaleLinear, scaleSqrt } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import { boxOf, ValueAxis } from './Axes.tsx'
import { ChartFrame, type Drawn } from './ChartFrame.tsx'
import { usePalette } from './palette.ts'

type EcdfProps = {
  title: string
  description: string
  /** In hours. */
  values: readonly number[]
  formatHours(hours: number): string
  formatShare(share: number): string
  height?: number
}

/** Fewer than this are each a dot of their own: a curve through them would say more than is known. */
export const FEW = 10
const QUANTILES = [0.5, 0.75, 0.9]

/** What share was done within which time. Hours are spaced by their root, so that the first ones can be told apart. */
export function Ecdf({ title, description, values, formatHours, formatShare, height = 200 }: EcdfProps) {
  const palette = usePalette()
  const sorted = values.toSorted((a, b) => a - b)
  return <ChartFrame title={title} description={description} height={height} draw={draw} />

  function draw(width: number): Drawn {
    const box = boxOf(width, height)
    const longest = Math.max(1, sorted.at(-1) ?? 1)
    const x = scaleSqrt([0, longest], [box.left, box.right]).nice()
    const y = scaleLinear([0, 1], [box.bottom, box.top])
    const shareAt = (index: number) => (index + 1) / sorted.length
    const steps: [number, number][] = [
      [0, 0],
      ...sorted.map((hours, index): [number, number] => [hours, shareAt(index)]),
    ]
    const path = line<[number, number]>(
      ([hours]) => x(hours),
      ([, share]) => y(share),
    ).curve(curveStepAfter)
    const isFew = sorted.length < FEW
    const quantiles = isFew ? [] : QUANTILES.map((share) => ({ share, hours: quantile(sorted, share) }))
    const words = (hours: number, share: number) => `${formatShare(share)} · ${formatHours(hours)}`
    const ticks = ticksOf(longest).filter((hours) => x(hours) <= box.right)
    return {
      marks: isFew
        ? sorted.map((hours, index) => ({ x: x(hours), y: y(shareAt(index)), text: words(hours, shareAt(index)) }))
        : quantiles.map(({ share, hours }) => ({ x: x(hours), y: y(share), text: words(hours, share) })),
      content: (
        <>
          <ValueAxis box={box} ticks={[0, 0.25, 0.5, 0.75, 1]} at={y} format={formatShare} />
          <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} stroke={palette.line} />
          {ticks.map((hours) => (
            <text key={hours} x={x(hours)} y={box.bottom + 16} textAnchor="middle" fill={palette.quiet}>
              {formatHours(hours)}
            </text>
          ))}
          {isFew ? (
            sorted.map((hours, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: equal values are different dots
              <circle key={index} cx={x(hours)} cy={y(shareAt(index))} r={4} fill={palette.series(0)} />
            ))
          ) : (
            <path d={path(steps) ?? ''} fill="none" stroke={palette.series(0)} strokeWidth={2} />
          )}
          {quantiles.map(({ share, hours }) => (
            <g key={share}>
              <path
                d={`M${box.left} ${y(share)}H${x(hours)}V${box.bottom}`}
                fill="none"
                stroke={palette.quiet}
                strokeDasharray="3 3"
              />
              <circle
                cx={x(hours)}
                cy={y(share)}
                r={3.5}
                fill={palette.ground}
                stroke={palette.series(0)}
                strokeWidth={2}
              />
              <text
                x={x(hours) + 6}
                y={y(share) + 12}
                fill={palette.text}
                stroke={palette.ground}
                strokeWidth={3}
                paintOrder="stroke"
              >
                p{share * 100}
              </text>
            </g>
          ))}
        </>
      ),
    }
  }
}

/** Between the two nearest, as R's default does. @param sorted ascending, not empty */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return low + (high - low) * (place - Math.floor(place))
}

/** Hours and days that people think in. */
function ticksOf(longest: number): number[] {
  const round = [0, 1, 4, 12, 24, 72, 168, 336, 720, 1440, 2880]
  const within = round.filter((hours) => hours <= longest)
  // The root puts the first ones close together.
  return within.filter((hours) => hours === 0 || hours >= longest / 25)
}
