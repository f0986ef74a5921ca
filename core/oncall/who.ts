import { DAY_MS, type Instant } from '../units.ts'
import type { Email, Schedule, Source } from './schedule.ts'
import { piecesOf, type Shift, shifts } from './shifts.ts'

/** Who is on call, from when and until when without a break. */
export type OnCall = {
  person: Email
  /** Null when it was more than `LOOK_MS` before the instant that was asked about. */
  since: Instant | null
  /** Null when nothing ends it within `LOOK_MS`. */
  until: Instant | null
  source: Source
}

/** How far `whoIsOnCall` and `nextOnCall` look. */
export const LOOK_MS = 2 * 366 * DAY_MS
const FIRST_LOOK_MS = 8 * DAY_MS

/** Null when nobody is on call at `t`. */
export function whoIsOnCall(schedule: Schedule, t: Instant): OnCall | null {
  const now = piecesOf(schedule, { from: t, to: t + 1 })[0]
  if (!now) return null
  for (let look = FIRST_LOOK_MS; ; look = Math.min(4 * look, LOOK_MS)) {
    const { from, to } = shifts(schedule, t - look, t + look).find((shift) => shift.from <= t && t < shift.to)!
    const since = from > t - look ? from : null
    const until = to < t + look ? to : null
    if ((since !== null && until !== null) || look === LOOK_MS) {
      return { person: now.person, since, until, source: now.source }
    }
  }
}

/** Who is on call after the one at `t`, or first after a gap; `since` is when that begins. Null when nobody within `LOOK_MS`. */
export function nextOnCall(schedule: Schedule, t: Instant): OnCall | null {
  for (let look = FIRST_LOOK_MS; ; look = Math.min(4 * look, LOOK_MS)) {
    const next: Shift | undefined = shifts(schedule, t, t + look).find((shift) => shift.from > t)
    if (next) return whoIsOnCall(schedule, next.from)
    if (look === LOOK_MS) return null
  }
}
