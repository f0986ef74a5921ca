import type { ClockView } from '../../core/contract/api.ts'
import type { ClockReading } from './clock-reading.ts'

/** Percentages of a target left at which people are told; each is told once. */
export const THRESHOLDS = [25, 10, 0] as const

/** Id of a clock → how many thresholds it has passed, against which target. */
export type Heard = ReadonlyMap<string, { targetMs: number; passed: number }>

export type Passing = { clock: ClockView; reading: ClockReading; threshold: (typeof THRESHOLDS)[number] }

/**
 * What has passed a threshold since `before`: the gravest of each clock, however many it jumped over. A clock that is
 * seen for the first time has passed nothing: what is written about it says how it stands. One that a longer target has
 * taken back may pass again.
 *
 * @param isNear whether people are told of this clock; of the others it is only remembered
 */
export function passings(
  before: Heard,
  clocks: readonly { clock: ClockView; reading: ClockReading }[],
  isNear: (id: string) => boolean,
): { heard: Heard; passings: Passing[] } {
  const heard = new Map(before)
  const found: Passing[] = []
  for (const { clock, reading } of clocks) {
    const known = before.get(clock.id)
    const passed = passedBy(reading)
    const mayFall = known?.targetMs !== clock.targetMs
    heard.set(clock.id, { targetMs: clock.targetMs, passed: mayFall ? passed : Math.max(known.passed, passed) })
    if (known && passed > known.passed && isRunningOut(reading) && isNear(clock.id)) {
      found.push({ clock, reading, threshold: THRESHOLDS[passed - 1]! })
    }
  }
  return { heard, passings: found }
}

function passedBy({ standing, percentLeft }: ClockReading): number {
  if (standing === 'breached') return THRESHOLDS.length
  return THRESHOLDS.filter((threshold) => percentLeft <= threshold).length
}

function isRunningOut({ standing }: ClockReading): boolean {
  return standing === 'running' || standing === 'closed' || standing === 'paused' || standing === 'breached'
}
