import type { ClockView } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'

/** A clock at an instant, counted on from the server's last answer. */
export type ClockReading = {
  /** `closed`: it runs, but nobody is at work. A breached or paused clock says so first. */
  standing: 'running' | 'closed' | 'paused' | 'breached' | 'met' | 'cancelled' | 'waiting'
  /** What is left of the target; below zero it is over by so much. */
  leftMs: number
  /** Of the target, 0 to 100. */
  percentLeft: number
  /** When it counts again, while it is `closed`. */
  countsAgainAt: string | null
}

/** @param asOf the instant of the answer that `clock` comes from */
export function readClock(clock: ClockView, asOf: Instant, now: Instant): ClockReading {
  const stretches = clock.counting.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
  const countedMs = stretches.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, now) - Math.max(from, asOf)),
    0,
  )
  const leftMs = clock.targetMs - clock.elapsedMs - countedMs
  const next = stretches.findIndex(({ to }) => to > now)
  const isCounting = next >= 0 && stretches[next]!.from <= now
  const isOver = clock.state === 'breached' || (clock.state === 'running' && leftMs <= 0)
  const standing = isOver ? 'breached' : clock.state === 'running' && !isCounting ? 'closed' : clock.state
  return {
    standing,
    leftMs,
    percentLeft: clock.targetMs > 0 ? Math.max(0, Math.min(100, (leftMs / clock.targetMs) * 100)) : 0,
    countsAgainAt: standing === 'closed' ? (clock.counting[next]?.from ?? null) : null,
  }
}
