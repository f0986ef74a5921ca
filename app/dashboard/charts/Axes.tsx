import { usePalette } from './palette.ts'

export type Box = { left: number; right: number; top: number; bottom: number }

export const MARGIN = { left: 44, right: 12, top: 14, bottom: 24 }

/** Where a chart of this size draws, beside its axes. */
export function boxOf(width: number, height: number, margin: Partial<typeof MARGIN> = {}): Box {
  const { left, right, top, bottom } = { ...MARGIN, ...margin }
  return { left, right: width - right, top, bottom: height - bottom }
}

type ValueAxisProps = { box: Box; ticks: readonly number[]; at(value: number): number; format(value: number): string }

/** Values up the side, with a line across for each. */
export function ValueAxis({ box, ticks, at, format }: ValueAxisProps) {
  const { grid, quiet } = usePalette()
  return (
    <g>
      {ticks.map((value) => (
        <g key={value}>
          <line x1={box.left} x2={box.right} y1={at(value)} y2={at(value)} stroke={grid} />
          <text x={box.left - 6} y={at(value)} dy="0.32em" textAnchor="end" fill={quiet}>
            {format(value)}
          </text>
        </g>
      ))}
    </g>
  )
}

type NameAxisProps = { box: Box; names: readonly string[]; at(index: number): number }

/** Names along the bottom, as many as there is room for, the last one always. */
export function NameAxis({ box, names, at }: NameAxisProps) {
  const { line, quiet } = usePalette()
  const room = Math.max(1, Math.floor((box.right - box.left) / 64))
  const step = Math.ceil(names.length / room)
  return (
    <g>
      <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} stroke={line} />
      {names.map((name, index) =>
        (names.length - 1 - index) % step === 0 ? (
          <text key={name} x={at(index)} y={box.bottom + 16} textAnchor="middle" fill={quiet}>
            {name}
          </text>
        ) : null,
      )}
    </g>
  )
}

type TargetLineProps = { box: Box; y: number; label: string }

export function TargetLine({ box, y, label }: TargetLineProps) {
  const { target, ground } = usePalette()
  return (
    <g>
      <line x1={box.left} x2={box.right} y1={y} y2={y} stroke={target} strokeWidth={1.5} strokeDasharray="6 4" />
      <text x={box.right} y={y - 5} textAnchor="end" fill={target} stroke={ground} strokeWidth={3} paintOrder="stroke">
        {label}
      </text>
    </g>
  )
}
