/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** A span in minutes. */
export type Minutes = number

/** What tells the time. `core` never reads it; servers and tests hand `now` in. */
export type Clock = { now(): Instant }

export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const MINUTES_PER_UNIT = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const

/**
 * Reads a span as policies write it: `30m`, `4h`, `1d`, `2w`, or a sum such as `1h 30m`.
 *
 * @returns whole minutes, or `null` when the text is not such a span or is not positive
 */
export function parseDuration(text: string): Minutes | null {
  if (!/^\s*(\d+\s*[mhdw]\s*)+$/.test(text)) return null
  let minutes = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)\s*([mhdw])/g)) {
    minutes += Number(amount) * MINUTES_PER_UNIT[unit as keyof typeof MINUTES_PER_UNIT]
  }
  return minutes > 0 && Number.isSafeInteger(minutes) ? minutes : null
}

/** Writes a span as policies write it: `90` → `1h 30m`. */
export function formatDuration(minutes: Minutes): string {
  const parts: string[] = []
  let left = Math.round(minutes)
  for (const unit of ['d', 'h', 'm'] as const) {
    const size = MINUTES_PER_UNIT[unit]
    if (left >= size) parts.push(`${Math.floor(left / size)}${unit}`)
    left %= size
  }
  return parts.join(' ') || '0m'
}
