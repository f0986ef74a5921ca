import type { Metrics } from '../metrics.ts'
import type { Health } from '../openapi/health.ts'

/** Sets the gauges to how everything is. Not a number is not known, which is not the same as none. */
export function showHealth(
  metrics: Metrics,
  { timers, webhooks, queue, notices, zendeskCalls, ...health }: Health,
): void {
  showJobs(metrics, queue)
  metrics.catchUpLag.set(orNaN(health.catchUp.lagSeconds))
  metrics.metricEventsLag.set(orNaN(health.metricEvents.lagSeconds))
  metrics.scheduleTroubles.set(health.schedules.state === 'unknown' ? Number.NaN : health.schedules.troubles)
  metrics.undispatched.set(orNaN(webhooks.undispatched))
  metrics.webhooksLastHour.set(orNaN(webhooks.acceptedLastHour))
  metrics.webhookAge.set(orNaN(webhooks.lastAcceptedAgeSeconds))
  metrics.zendeskCallsLeft.set(orNaN(zendeskCalls?.left))
  metrics.zendeskLimit.set(orNaN(zendeskCalls?.limit))
  showNotices(metrics, notices)
  showTimers(metrics, timers)
}

function showJobs({ jobs }: Metrics, queue: Health['queue']): void {
  if (queue === null) jobs.reset()
  for (const [job, states] of Object.entries(queue ?? {})) {
    for (const [state, count] of Object.entries(states)) jobs.set({ job, state }, count)
  }
}

function showNotices({ notices, noticesUndelivered }: Metrics, told: Health['notices']): void {
  for (const state of ['waiting', 'failed', 'suppressed'] as const) notices.set({ state }, orNaN(told?.[state]))
  noticesUndelivered.reset()
  for (const { count, ...labels } of told?.reasons ?? []) noticesUndelivered.set(labels, count)
}

function showTimers(metrics: Metrics, timers: Health['timers']): void {
  const { state, due, late, sweepAgeSeconds, canaryAgeSeconds, findings } = timers
  const isKnown = state !== 'unknown'
  metrics.timersDue.set(isKnown ? due : Number.NaN)
  metrics.timersLate.set(isKnown ? late : Number.NaN)
  metrics.sweepAge.set(orNaN(sweepAgeSeconds))
  metrics.canaryAge.set(orNaN(canaryAgeSeconds))
  metrics.timerFindings.reset()
  for (const [kind, some] of Map.groupBy(findings, (finding) => finding.kind)) {
    metrics.timerFindings.set({ kind }, some.length)
  }
}

function orNaN(value: number | null | undefined): number {
  return value ?? Number.NaN
}
