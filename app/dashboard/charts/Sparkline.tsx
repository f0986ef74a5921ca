import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { usePalette } from './palette.ts'

/** How a value went, beside the value itself, which says the rest. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const palette = usePalette()
  const [width, height] = [96, 28]
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [3, width - 3])
  const known = values.filter((value) => value !== null)
  const y = scaleLinear([Math.min(0, ...known), Math.max(1e-9, ...known)], [height - 3, 3])
  const path = line<number | null>(
    (_, index) => x(index),
    (value) => y(value ?? 0),
  ).defined((value) => value !== null)
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={path([...values]) ?? ''} fill="none" stroke={palette.series(0)} strokeWidth={1.5} />
      {last >= 0 && <circle cx={x(last)} cy={y(values[last]!)} r={2.5} fill={palette.series(0)} />}
    </svg>
  )
}
