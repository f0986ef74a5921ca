import { formatDuration, type Instant, MINUTE_MS } from '../units.ts'
import type { BacklogItem, Concern, ConcernKind } from './backlog.ts'
import type { Share } from './share.ts'

/** Concerns in a few words. */
export const CONCERN_WORDS: Readonly<Record<ConcernKind, string>> = {
  'promise-overdue': 'customer waits for an update',
  'customer-untold': 'fix shipped, customer not told',
  stalled: 'no progress reported',
  'no-estimate': 'no estimate',
  stuck: 'longer in this stage than nine in ten',
  aged: 'aged',
}

/** `no progress reported for 5d (at most 2d)`. */
export function tellConcern({ kind, since, againstMs }: Concern, now: Instant): string {
  const against = againstMs === null ? '' : ` (at most ${span(againstMs)})`
  return `${CONCERN_WORDS[kind]} for ${span(now - since)}${against}`
}

export function tellConcerns({ concerns }: Pick<BacklogItem, 'concerns'>, now: Instant): string {
  return concerns.map((concern) => tellConcern(concern, now)).join('; ')
}

const MINUTES_A_DAY = 24 * 60

/** Roughly: `5d 3h`, `2h 10m`, `12m`. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS))
  const rough = minutes >= MINUTES_A_DAY ? Math.round(minutes / 60) * 60 : minutes
  return formatDuration(rough)
}

/** `72 % (18 of 25, 52 to 86 %)` */
export function percent({ count, of, share, low, high }: Share): string {
  if (of === 0) return 'none to judge by'
  const whole = (part: number) => Math.round(part * 100)
  return `${whole(share)} % (${count} of ${of}, ${whole(low)} to ${whole(high)} %)`
}

/** A line of somebody's words inside a Markdown table or list: nothing in it ends the cell or begins markup. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|#]/g, (mark) => `\\${mark}`)
    .trim()
}
