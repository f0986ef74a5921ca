import type { Countdown } from '../../core/escalation/countdown.ts'

/** A countdown without the names of its parts, which would be half of it. */
type Packed = [id: string, at: number] | [id: string, at: number, schedule: string, from: number, leftMs: number]

/**
 * Countdowns as `escalation_clocks` keeps them: a change of schedule writes those of every open escalation anew, and its
 * cost is that of their length. A text, which the database need not take apart; in the order given.
 */
export function packCountdowns(countdowns: readonly Countdown[]): string {
  return JSON.stringify(
    countdowns.map(
      ({ id, at, counted }): Packed => (counted ? [id, at, counted.schedule, counted.from, counted.leftMs] : [id, at]),
    ),
  )
}

export function unpackCountdowns(packed: unknown): Countdown[] {
  return (JSON.parse(packed as string) as Packed[]).map(([id, at, schedule, from, leftMs]) => ({
    id,
    at,
    counted: schedule === undefined ? null : { schedule, from: from!, leftMs: leftMs! },
  }))
}
