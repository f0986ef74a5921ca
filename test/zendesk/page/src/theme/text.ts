const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })

/** `6 Mar 10:00`. Times are UTC all over this page, as the clock in the top bar says. */
export function shortTime(iso: string): string {
  const date = new Date(iso)
  return `${DAY.format(date)} ${TIME.format(date)}`
}

export function longTime(iso: string): string {
  const date = new Date(iso)
  return `${WEEKDAY.format(date)} ${DAY_AND_YEAR.format(date)}, ${TIME.format(date)} UTC`
}

/** `Fri 6 Mar 10:00 UTC`. */
export function clockText(iso: string): string {
  return `${WEEKDAY.format(new Date(iso))} ${shortTime(iso)} UTC`
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? words.at(-1)![0] : ''}`.toUpperCase()
}

export function capitalised(word: string): string {
  return word === '' ? '' : word[0]!.toUpperCase() + word.slice(1).replaceAll('_', ' ')
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}
