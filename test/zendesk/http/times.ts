import { type Instant, SECOND_MS } from '../../../core/units.ts'

/** As Zendesk writes times: UTC, to the second, with `Z`. */
export function iso(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}

export function isoOrNull(instant: Instant | null | undefined): string | null {
  return instant === null || instant === undefined ? null : iso(instant)
}

/** Unix seconds. */
export function seconds(instant: Instant): number {
  return Math.floor(instant / SECOND_MS)
}
