import type { MeasureDefinition, MeasureValue, Trend } from '../contract/report.ts'

const Z = 1.959964

/**
 * Whether a figure has moved. Up or down only where the interval of the difference leaves out zero.
 *
 * Source: the interval of a difference from the intervals of both, Zou and Donner, Statistics in Medicine 27 (2008); for
 * shares it is Newcombe's (1998). Counts are compared as Poisson counts of windows of one length.
 */
export function trendOf({ kind }: Pick<MeasureDefinition, 'kind'>, now: MeasureValue, before: MeasureValue): Trend {
  return { before: before.value, direction: directionOf(kind, now, before) }
}

function directionOf(kind: MeasureDefinition['kind'], now: MeasureValue, before: MeasureValue): Trend['direction'] {
  const [a, b] = [now.value, before.value]
  if (a === null || b === null) return 'unclear'
  if (kind === 'count') return sure(a - b, Z * Math.sqrt(a + b), Z * Math.sqrt(a + b))
  if (now.interval === null || before.interval === null) return 'unclear'
  const [lowA, highA] = now.interval
  const [lowB, highB] = before.interval
  return sure(a - b, Math.hypot(a - lowA, highB - b), Math.hypot(highA - a, b - lowB))
}

function sure(difference: number, below: number, above: number): Trend['direction'] {
  if (difference - below > 0) return 'up'
  return difference + above < 0 ? 'down' : 'unclear'
}
