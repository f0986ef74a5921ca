import type { State } from '../state/model.ts'
import { METRICS, type MetricEvent, type MetricName } from './metric-event.ts'
import { STEPS } from './metrics.ts'
import { type Moment, momentsOf } from './moments.ts'
import { createRecorder, type Recorder } from './recorder.ts'

/** The clocks of one ticket and the moments they went through. */
export type TicketClocks = { moments: Moment[]; recorders: Record<MetricName, Recorder> }

/** Runs every metric of a ticket through its audits. The same audits, targets and schedules always give the same. */
export function clocksOf(state: State, ticketId: number): TicketClocks {
  const moments = momentsOf(state, ticketId)
  const recorders = Object.fromEntries(
    METRICS.map((metric) => {
      const recorder = createRecorder(state, ticketId, metric)
      moments.forEach((moment, index) => {
        if (moment.isCreate) recorder.measure(moment)
        STEPS[metric](recorder, moment, moments[index - 1] ?? null)
        recorder.settle(moment)
      })
      return [metric, recorder]
    }),
  ) as Record<MetricName, Recorder>
  return { moments, recorders }
}

/** All metric events of a ticket in the order they happen. */
export function metricEventsOf(state: State, ticketId: number): MetricEvent[] {
  const { recorders } = clocksOf(state, ticketId)
  return METRICS.flatMap((metric) => recorders[metric].events).sort(inOrder)
}

export function inOrder(a: MetricEvent, b: MetricEvent): number {
  return a.at - b.at || a.id - b.id
}
