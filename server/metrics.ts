import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What became of a webhook request. */
export type WebhookOutcome =
  | 'accepted'
  | 'duplicate'
  | 'unsigned'
  | 'bad-signature'
  | 'stale'
  | 'test-secret'
  | 'unknown-account'
  | 'too-large'
  | 'invalid'
  | 'unavailable'

export type Metrics = ReturnType<typeof createMetrics>

/** Prometheus metrics in a registry of their own, so that two servers in one process do not share counts. */
export function createMetrics({ withProcess = false } = {}) {
  const registry = new Registry()
  const registers = [registry]
  if (withProcess) collectDefaultMetrics({ register: registry })
  return {
    registry,
    webhooks: new Counter<'outcome'>({
      name: 'baton_webhook_requests_total',
      help: 'Webhook requests by what became of them',
      labelNames: ['outcome'],
      registers,
    }),
    commitSize: new Histogram({
      name: 'baton_inbox_commit_deliveries',
      help: 'Deliveries stored by one commit',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    }),
    jobSeconds: new Histogram<'job' | 'outcome'>({
      name: 'baton_job_seconds',
      help: 'How long jobs took, by outcome',
      labelNames: ['job', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    jobs: new Gauge<'job' | 'state'>({
      name: 'baton_jobs',
      help: 'Jobs that wait, run or are dead',
      labelNames: ['job', 'state'],
      registers,
    }),
    catchUpTickets: new Counter<'outcome'>({
      name: 'baton_catch_up_tickets_total',
      help: "Changed tickets that Zendesk's export told of, by whether they were ours to look at",
      labelNames: ['outcome'],
      registers,
    }),
    catchUpFailures: new Counter<'failure'>({
      name: 'baton_catch_up_failures_total',
      help: "Times Zendesk's export of changed tickets could not be read, by reason",
      labelNames: ['failure'],
      registers,
    }),
    catchUpLag: new Gauge({
      name: 'baton_catch_up_lag_seconds',
      help: 'Since there was last no changed ticket left to look at; up to a minute or two is usual',
      registers,
    }),
    metricEventsLag: new Gauge({
      name: 'baton_metric_events_lag_seconds',
      help: "Since Zendesk's export of what happened to its own clocks was last read to its end; up to ten minutes are usual",
      registers,
    }),
    scheduleTroubles: new Gauge({
      name: 'baton_schedule_troubles',
      help: 'Schedules that are not read from Zendesk as the policy names them; `baton schedules` says which',
      registers,
    }),
    undispatched: new Gauge({
      name: 'baton_inbox_undispatched_tickets',
      help: 'Tickets of stored webhooks for which no look is queued yet',
      registers,
    }),
    webhooksLastHour: new Gauge({
      name: 'baton_webhooks_accepted_last_hour',
      help: 'Webhooks stored within the last hour, by any server',
      registers,
    }),
    webhookAge: new Gauge({
      name: 'baton_webhook_age_seconds',
      help: 'Since a webhook was last stored, by any server; not a number after a day without any',
      registers,
    }),
    notices: new Gauge<'state'>({
      name: 'baton_notices',
      help: 'Notices that wait, and those of the last day that failed or were suppressed',
      labelNames: ['state'],
      registers,
    }),
    noticesUndelivered: new Gauge<'state' | 'channel' | 'why'>({
      name: 'baton_notices_undelivered',
      help: 'Notices of the last day that did not arrive, by channel and reason',
      labelNames: ['state', 'channel', 'why'],
      registers,
    }),
    zendeskCallsLeft: new Gauge({
      name: 'baton_zendesk_calls_left',
      help: "Calls this server may make now of its share of the account's limit; not a number before the limit is known",
      registers,
    }),
    zendeskLimit: new Gauge({
      name: 'baton_zendesk_calls_per_minute',
      help: "The account's own limit, as Zendesk tells it",
      registers,
    }),
    timersDue: new Gauge({
      name: 'baton_timers_due',
      help: 'Escalations with something to tell now',
      registers,
    }),
    timersLate: new Gauge({
      name: 'baton_timers_late',
      help: 'Escalations with something that should have been told more than half a minute ago',
      registers,
    }),
    timerLateness: new Histogram({
      name: 'baton_timer_lateness_seconds',
      help: 'How long after it fell due something was told',
      buckets: [1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400],
      registers,
    }),
    timersAside: new Counter<'kind'>({
      name: 'baton_timers_aside_total',
      help: 'Times an escalation was set aside because what was due could not be told',
      labelNames: ['kind'],
      registers,
    }),
    timerFindings: new Gauge<'kind'>({
      name: 'baton_timer_findings',
      help: 'What is wrong with timers, by kind; the health page names it',
      labelNames: ['kind'],
      registers,
    }),
    canaryAge: new Gauge({
      name: 'baton_canary_age_seconds',
      help: 'Since the synthetic case last went all the way; up to a minute is usual',
      registers,
    }),
    sweepAge: new Gauge({
      name: 'baton_sweep_age_seconds',
      help: 'Since what is due was last told to its end; a few seconds are usual',
      registers,
    }),
    requestSeconds: new Histogram<'method' | 'route' | 'status'>({
      name: 'baton_http_request_seconds',
      help: 'Requests of our own API, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    databaseStarts: new Counter<'how'>({
      name: 'baton_embedded_database_starts_total',
      help: 'Starts of the embedded database, and attachments to a running one',
      labelNames: ['how'],
      registers,
    }),
  }
}
