import type { ClockView } from '../../core/contract/api.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { textOr, useFormats, useText } from '../i18n/text.tsx'
import type { ClockReading } from './clock-reading.ts'

/** What is said about a clock, in the agent's language and time zone. */
export type ClockWords = ReturnType<typeof useClockWords>

export function useClockWords() {
  const text = useText()
  const formats = useFormats()
  return { nameOf, standingOf, readOut, detailsOf }

  /** Which clock it is: a time without that tells nobody anything. */
  function nameOf({ name, tier }: Pick<ClockView, 'name' | 'tier'>): string {
    const clock = text(`clock.${name}`)
    return tier === null ? clock : text('clock.ofTier', { clock, tier })
  }

  /** "2 h 10 min left", "breached +12 min", "met". */
  function standingOf(reading: ClockReading): string {
    return standingWith(formats.span, reading)
  }

  /** The same in whole words. */
  function readOut(reading: ClockReading): string {
    return standingWith(formats.spanInWords, reading)
  }

  function standingWith(span: (ms: number) => string, { standing, leftMs }: ClockReading): string {
    if (standing === 'breached') {
      return leftMs < 0 ? text('clock.breachedBy', { span: span(leftMs) }) : text('clock.breached')
    }
    if (standing === 'met' || standing === 'cancelled' || standing === 'waiting') return text(`clock.${standing}`)
    return text('clock.left', { span: span(roundedUp(leftMs)) })
  }

  /** What else there is to know, the most pressing first. */
  function detailsOf(clock: ClockView, { standing, leftMs, countsAgainAt }: ClockReading, now: Instant): string[] {
    const { paused, deadline, breachedAt, schedule } = clock
    const since = breachedAt ?? deadline
    return [
      ...(paused ? [pausedBecause(paused)] : []),
      ...(countsAgainAt ? [text('clock.countsAgain', { time: formats.time(countsAgainAt, now) })] : []),
      ...(standing === 'breached' && since ? [text('clock.wasDue', { time: formats.time(since, now) })] : []),
      ...((standing === 'running' || standing === 'closed') && deadline
        ? [text('clock.due', { time: formats.time(deadline, now) })]
        : []),
      ...(standing === 'met' && leftMs > 0 ? [text('clock.spare', { span: formats.span(leftMs) })] : []),
      schedule ?? text('clock.everyHour'),
    ]
  }

  function pausedBecause({ status, why, by }: NonNullable<ClockView['paused']>): string {
    const because =
      status !== null
        ? text('clock.pausedIn', { status: textOr(text, `ticket.${status}`, status) })
        : why
          ? text('clock.pausedFor', { why })
          : text('clock.paused')
    return by ? text('clock.by', { what: because, name: by }) : because
  }
}

/** A minute that has begun is there until it has passed, as on every timer; the last one is told in seconds. */
export function roundedUp(ms: number): number {
  const unit = ms > MINUTE_MS ? MINUTE_MS : SECOND_MS
  return Math.ceil(ms / unit) * unit
}
