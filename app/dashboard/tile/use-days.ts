import { useMemo } from 'react'
import { DAY_MS } from '../../../core/units.ts'
import { useFormats } from '../../i18n/text.tsx'
import type { Window } from '../view/window.ts'

/** Days, weeks and windows as people write them. */
export function useDays() {
  const { locale, timeZone } = useFormats()
  return useMemo(() => {
    const short = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })
    const medium = (zone: string) => new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium' })
    const full = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
    return {
      /** "2 Mar": the Monday of an ISO week such as `2026-W10`. */
      week: (week: string) => short.format(mondayOf(week)),
      /** "2 Mar – 31 May 2026"; a window ends with the day before its end. */
      window: ({ from, to, zone }: Window) =>
        medium(zone).formatRange(Date.parse(from), Math.max(Date.parse(from), Date.parse(to) - 1)),
      instant: (iso: string) => full.format(Date.parse(iso)),
    }
  }, [locale, timeZone])
}

/** The Monday, at midnight in UTC, with which an ISO week begins. */
export function mondayOf(week: string): number {
  const [year, number] = week.split('-W').map(Number)
  const fourth = Date.UTC(year!, 0, 4)
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS
  return monday + (number! - 1) * 7 * DAY_MS
}
