import type { Instant } from '../units.ts'

/** `2026-03-06 15:40 UTC`: comments are read in many time zones, so they name theirs. */
export function writeInstant(at: Instant): string {
  const date = new Date(at)
  // Outside of what a date can hold there is no calendar day to name.
  if (Number.isNaN(date.getTime())) return 'an unknown time'
  return `${date.toISOString().slice(0, -8).replace('T', ' ')} UTC`
}
