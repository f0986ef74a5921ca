import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'

export type Formats = ReturnType<typeof createFormats>

/** With the signs that are the same in every language; a day has none. */
const UNITS = [
  ['day', DAY_MS, ''],
  ['hour', HOUR_MS, 'h'],
  ['minute', MINUTE_MS, 'min'],
  ['second', SECOND_MS, 's'],
] as const

const NO_BREAK = '\u00a0'

export function createFormats(locale: string, timeZone: string) {
  const clock = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat('en-CA', { timeZone })
  const utcDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const amount = new Intl.NumberFormat(locale)
  const plural = new Intl.PluralRules(locale)
  const inWords = UNITS.map(
    ([unit]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }),
  )
  const listed = new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' })

  return { locale, timeZone, time, dayOrTime, isSameDay, fromNow, span, spanInWords, number, isOne, list }

  /** The time alone today, with the weekday within six days, with the date otherwise. */
  function time(iso: string, now: Instant): string {
    const at = Date.parse(iso)
    if (Number.isNaN(at)) return iso
    if (day.format(at) === day.format(now)) return clock.format(at)
    return Math.abs(at - now) < 6 * DAY_MS ? weekday.format(at) : date.format(at)
  }

  /** A day that lasts until its end in UTC is that day everywhere; everything else has its time. */
  function dayOrTime(iso: string, now: Instant): string {
    const at = Date.parse(iso)
    return (at + 1) % DAY_MS === 0 ? utcDay.format(at) : time(iso, now)
  }

  function isSameDay(iso: string, other: string): boolean {
    return day.format(Date.parse(iso)) === day.format(Date.parse(other))
  }

  /** "in 40 min." */
  function fromNow(iso: string, now: Instant): string {
    const ms = Date.parse(iso) - now
    const span = Math.abs(ms)
    if (span < HOUR_MS) return relative.format(Math.round(ms / MINUTE_MS), 'minute')
    if (span < 2 * DAY_MS) return relative.format(Math.round(ms / HOUR_MS), 'hour')
    return relative.format(Math.round(ms / DAY_MS), 'day')
  }

  /** "2 h 10 min", "45 s": whole units, rounded down, the largest two that there are. */
  function span(ms: number): string {
    return partsOf(ms)
      .map(([index, count]) => (index === 0 ? inWords[0]!.format(count) : `${number(count)} ${UNITS[index]![2]}`))
      .join(' ')
      .replaceAll(' ', NO_BREAK)
  }

  /** "2 hours 10 minutes", to be read out. */
  function spanInWords(ms: number): string {
    return partsOf(ms)
      .map(([index, count]) => inWords[index]!.format(count))
      .join(' ')
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

/** Places in `UNITS` and how many of each; seconds only when there is nothing larger. */
function partsOf(ms: number): [number, number][] {
  const counts = UNITS.map(([, size], index) => {
    const before = index === 0 ? Math.abs(ms) : Math.abs(ms) % UNITS[index - 1]![1]
    return Math.floor(before / size)
  })
  const first = counts.findIndex((count) => count > 0)
  if (first < 0 || first === 3) return [[3, counts[3]!]]
  const next = first + 1
  return next < 3 && counts[next]! > 0
    ? [
        [first, counts[first]!],
        [next, counts[next]!],
      ]
    : [[first, counts[first]!]]
}
