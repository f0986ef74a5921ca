import type { Instant } from '../../../core/units.ts'

/** Reads `2026-03-06 10:00Z` or `2026-03-06 10:00+01:00`, with or without seconds. */
export function at(text: string): Instant {
  const instant = Date.parse(text.replace(' ', 'T'))
  if (Number.isNaN(instant)) throw new Error(`Not an instant: ${text}`)
  return instant
}

/** Writes what `at` reads, in UTC. */
export function written(instant: Instant): string {
  return new Date(instant)
    .toISOString()
    .replace('T', ' ')
    .replace(/:00\.000Z$/, 'Z')
    .replace('.000Z', 'Z')
}
