import { deadlineAfter } from '../../../core/clock/business-time.ts'
import type { Calendar } from '../../../core/clock/calendar.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import type { Random } from '../../support/random.ts'
import { fraction } from './draw.ts'

export type Office = 'berlin' | 'new-york'

/** When people are at their desks. */
export type Hours = {
  /** So many working minutes later. */
  after(office: Office, from: Instant, minutes: number): Instant
  isOpen(office: Office, at: Instant): boolean
}

export function createHours(calendars: Record<Office, Calendar>): Hours {
  return {
    after: (office, from, minutes) =>
      deadlineAfter(calendars[office], from, Math.max(1, Math.round(minutes * MINUTE_MS))),
    isOpen: (office, at) => calendars[office].isOpen(at),
  }
}

/** Minutes that are mostly near `median`, seldom many times as long: as people's times are. */
export function around(median: number, random: Random): number {
  const normal = Array.from({ length: 6 }, () => fraction(random)).reduce((sum, one) => sum + one, -3) * Math.SQRT2
  return median * Math.exp(normal * 0.7)
}
