import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'

export type Formats = ReturnType<typeof createFormats>

export function createFormats(locale: string, timeZone: string) {
  const clock = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat('en-CA', { timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const amount = new Intl.NumberFormat(locale)
  const plural = new Intl.PluralRules(locale)
  const listed = new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' })

  return { time, fromNow, number, isOne, list }

  /** The time alone today, with the weekday within six days, with the date otherwise. */
  function time(iso: string, now: Instant): string {
    const at = Date.parse(iso)
    if (Number.isNaN(at)) return iso
    if (day.format(at) === day.format(now)) return clock.format(at)
    return Math.abs(at - now) < 6 * DAY_MS ? weekday.format(at) : date.format(at)
  }

  /** "in 40 min." */
  function fromNow(iso: string, now: Instant): string {
    const ms = Date.parse(iso) - now
    const span = Math.abs(ms)
    if (span < HOUR_MS) return relative.format(Math.round(ms / MINUTE_MS), 'minute')
    if (span < 2 * DAY_MS) return relative.format(Math.round(ms / HOUR_MS), 'hour')
    return relative.format(Math.round(ms / DAY_MS), 'day')
  }

  function number(value: number): string {
    return amount.format(value)
  }

  function isOne(count: number): boolean {
    return plural.select(count) === 'one'
  }

  function list(items: string[]): string {
    return listed.format(items)
  }
}
