import { scaleLinear } from 'd3-scale'
import { ChartFrame, type Drawn } from './ChartFrame.tsx'
import { usePalette } from './palette.ts'

type HeatMapProps = {
  title: string
  description: string
  /** Names of the rows: Monday to Sunday. */
  rows: readonly string[]
  columns: readonly string[]
  /** By row and column. */
  counts: readonly (readonly number[])[]
  textOf(row: number, column: number): string
}

const ROW = 24
const LEFT = 36

/** When things happen in a week. How many is written into each field as well, where there is room. */
export function HeatMap({ title, description, rows, columns, counts, textOf }: HeatMapProps) {
  const palette = usePalette()
  const height = rows.length * ROW + 20
  return <ChartFrame title={title} description={description} height={height} draw={draw} />

  function draw(width: number): Drawn {
    const size = (width - LEFT) / columns.length
    const most = Math.max(1, ...counts.flat())
    const strength = scaleLinear([0, most], [0.06, 1])
    const fields = counts.flatMap((row, y) => row.map((count, x) => ({ x, y, count })))
    return {
      marks: fields.map(({ x, y }) => ({ x: LEFT + (x + 0.5) * size, y: (y + 0.5) * ROW, text: textOf(y, x) })),
      content: (
        <g>
          {rows.map((name, y) => (
            <text key={name} x={LEFT - 6} y={(y + 0.5) * ROW} dy="0.32em" textAnchor="end" fill={palette.quiet}>
              {name}
            </text>
          ))}
          {columns.map((name, x) =>
            x % (size < 18 ? 6 : 3) === 0 ? (
              <text key={name} x={LEFT + x * size} y={height - 4} fill={palette.quiet}>
                {name}
              </text>
            ) : null,
          )}
          {fields.map(({ x, y, count }) => (
            <g key={`${y} ${x}`}>
              <rect
                x={LEFT + x * size + 0.5}
                y={y * ROW + 0.5}
                width={Math.max(1, size - 1)}
                height={ROW - 1}
                rx={2}
                fill={palette.series(0)}
                opacity={strength(count)}
              />
              {size >= 20 && count > 0 && (
                <text
                  x={LEFT + (x + 0.5) * size}
                  y={(y + 0.5) * ROW}
                  dy="0.32em"
                  textAnchor="middle"
                  fill={strength(count) > 0.5 ? palette.ground : palette.text}
                >
                  {count}
                </text>
              )}
            </g>
          ))}
        </g>
      ),
    }
  }
}
