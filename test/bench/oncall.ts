import { shifts } from '../../core/oncall/shifts.ts'
import { DAY_MS } from '../../core/units.ts'
import { aLayer, aSchedule, hoursOn } from '../core/oncall/schedules.ts'
import type { BenchRow } from './row.ts'

const RUNS = 50
const LIMIT_MS = 5

/** Who is on call in the next 14 days, for twenty schedules of three layers in three zones. */
export function benchOncall(): BenchRow[] {
  const workdays = [hoursOn('mon tue wed thu fri', 9, 17), hoursOn('mon tue wed thu fri', 22, 30)]
  const schedules = Array.from({ length: 20 }, (_, index) =>
    aSchedule({
      id: `schedule-${index}`,
      layers: [
        aLayer(),
        aLayer({ id: 'america', zone: 'America/New_York', rotation: { unit: 'days', length: 1 }, hours: workdays }),
        aLayer({ id: 'howe', zone: 'Australia/Lord_Howe', rotation: { unit: 'hours', length: 8 }, hours: workdays }),
      ],
    }),
  )
  const from = Date.parse('2026-03-20T12:00:00Z')
  const took = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now()
    for (const schedule of schedules) shifts(schedule, from, from + 14 * DAY_MS)
    return performance.now() - startedAt
  })
  const median = took.toSorted((a, b) => a - b)[RUNS / 2]!
  return [
    {
      what: 'on call in the next 14 days',
      size: `20 schedules of 3 layers, median of ${RUNS}`,
      result: `${median.toFixed(1)} ms`,
      reference: `at most ${LIMIT_MS} ms`,
      ratio: median / LIMIT_MS,
    },
  ]
}
