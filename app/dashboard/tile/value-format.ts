import { useMemo } from 'react'
import type { MeasureDefinition } from '../../../core/contract/report.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { type Formats, useFormats } from '../../i18n/text.tsx'

export type ValueFormat = {
  /** As it stands in a tile or a table. */
  value(value: number | null): string
  /** Short enough for an axis. */
  axis(value: number): string
  /** Marks of an axis that reaches this high are whole ones of this: a day, for durations of days. */
  unit(highest: number): number
  /** How far one is from another. */
  difference(value: number): string
}

export const NOTHING = '–'

/** How values of a measure are written: shares in percent, durations in hours and days. */
export function useValueFormat(kind: MeasureDefinition['kind']): ValueFormat {
  const formats = useFormats()
  return useMemo(() => valueFormat(kind, formats), [kind, formats])
}

export function valueFormat(kind: MeasureDefinition['kind'], formats: Formats): ValueFormat {
  const decimal = (digits: number) => new Intl.NumberFormat(formats.locale, { maximumFractionDigits: digits })
  const percent = (digits: number) =>
    new Intl.NumberFormat(formats.locale, { style: 'percent', maximumFractionDigits: digits })
  const [whole, fine, whole0, one] = [percent(0), percent(1), decimal(0), decimal(1)]
  const hours = (value: number) => (value === 0 ? '0\u00a0h' : formats.span(value * HOUR_MS))
  const write: Record<MeasureDefinition['kind'], (value: number) => string> = {
    share: (value) => (value !== 0 && Math.min(value, 1 - value) < 0.1 && value !== 1 ? fine : whole).format(value),
    duration: hours,
    count: (value) => whole0.format(value),
    mean: (value) => one.format(value),
  }
  const points = (value: number) => one.format(Math.abs(value) * 100)
  return {
    value: (value) => (value === null ? NOTHING : write[kind](value)),
    axis: (value) =>
      kind === 'duration' ? shortHours(value, one) : kind === 'share' ? whole.format(value) : one.format(value),
    unit: (highest) => (kind === 'duration' && highest >= 48 ? 24 : 1),
    difference: (value) => (kind === 'share' ? points(value) : write[kind](Math.abs(value))),
  }
}

function shortHours(value: number, one: Intl.NumberFormat): string {
  return value < 48 ? `${one.format(value)}\u00a0h` : `${one.format(value / 24)}\u00a0d`
}
