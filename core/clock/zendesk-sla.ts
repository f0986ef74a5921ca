import type { Instant } from '../units.ts'
import {
  inZendeskOrder,
  ZENDESK_METRICS,
  type ZendeskMetric,
  type ZendeskMetricEvent,
  type ZendeskTarget,
} from './zendesk-metric-event.ts'

/** `waiting`: there is a target, or a measurement, and nothing that runs yet. */
export type ZendeskPhase = 'waiting' | 'running' | 'paused' | 'fulfilled'

/** One of Zendesk's own clocks on a ticket: a metric, and which time of it. */
export type ZendeskClock = {
  metric: ZendeskMetric
  instance: number
  phase: ZendeskPhase
  /** When it came into that phase; null while it waits. */
  since: Instant | null
  /** The target in force and when it was applied; null on a ticket that no SLA policy fits. */
  target: (ZendeskTarget & { appliedAt: Instant }) | null
  /** When it was first held to a target. */
  heldSince: Instant | null
  activatedAt: Instant | null
  /** Stretches [from, to) in which it ran, up to the instant asked about. Which hours of them count, its target says. */
  ran: { from: Instant; to: Instant }[]
  /** The length of those stretches, every hour counted. */
  elapsedMs: number
  /** Zendesk's own sum; null before it told any. */
  told: { calendarMs: number; businessMs: number } | null
  /** The first breach that has come to pass. */
  breachedAt: Instant | null
  /** The breach that Zendesk foresees if nothing changes; null when there is none, or the clock does not run. */
  breachesAt: Instant | null
  fulfilledAt: Instant | null
}

/**
 * What the metric events of one ticket, up to `now`, make of its clocks: one for each metric and instance, in the order
 * of the metrics. Duplicates and disorder change nothing; neither does what was deleted.
 *
 * A target counts from the event that applied it: what the policy says today is not asked. A breach that Zendesk foresaw
 * for a clock that was at rest by then is a leftover and no breach, unless a target was applied at that very instant.
 */
export function foldZendeskClocks(events: readonly ZendeskMetricEvent[], now: Instant): ZendeskClock[] {
  const clocks = new Map<string, ZendeskClock>()
  for (const event of inZendeskOrder(events)) {
    // Instance 0 only says that the metric is measured.
    if (event.instance === 0) continue
    const key = `${event.metric}/${event.instance}`
    const clock = clocks.get(key) ?? newClock(event.metric, event.instance)
    if (event.at <= now) {
      clocks.set(key, clock)
      apply(clock, event)
    } else if (event.kind === 'breach') {
      clock.breachesAt ??= event.at
    }
  }
  return [...clocks.values()]
    .map((clock) => upTo(clock, now))
    .toSorted((a, b) => placeOf(a) - placeOf(b) || a.instance - b.instance)
}

function newClock(metric: ZendeskMetric, instance: number): ZendeskClock {
  return {
    ...{
      metric,
      instance,
      phase: 'waiting',
      since: null,
      target: null,
      heldSince: null,
      activatedAt: null,
      ran: [],
      elapsedMs: 0,
    },
    ...{ told: null, breachedAt: null, breachesAt: null, fulfilledAt: null },
  }
}

function apply(clock: ZendeskClock, event: ZendeskMetricEvent): void {
  switch (event.kind) {
    case 'measure':
      break
    case 'activate':
      clock.activatedAt ??= event.at
      clock.fulfilledAt = null
      enter(clock, 'running', event.at)
      break
    case 'pause':
      // One that waits, or was fulfilled, rests already.
      if (clock.phase === 'running') enter(clock, 'paused', event.at)
      break
    case 'fulfill':
      clock.fulfilledAt ??= event.at
      enter(clock, 'fulfilled', event.at)
      break
    case 'apply-sla':
      clock.target = { ...event.target, appliedAt: event.at }
      clock.heldSince ??= event.at
      break
    case 'update-status':
      clock.told = { calendarMs: event.calendarMs, businessMs: event.businessMs }
      break
    case 'breach':
      if (clock.breachedAt === null && canBreach(clock, event.at)) clock.breachedAt = event.at
  }
}

function enter(clock: ZendeskClock, phase: ZendeskPhase, at: Instant): void {
  if (clock.phase === phase) return
  closeStretch(clock, at)
  clock.phase = phase
  clock.since = at
}

/** What it did at the instant itself does not save it. */
function canBreach({ phase, since, target }: ZendeskClock, at: Instant): boolean {
  return phase === 'running' || since === at || target?.appliedAt === at
}

function closeStretch(clock: ZendeskClock, to: Instant): void {
  if (clock.phase !== 'running' || clock.since! >= to) return
  clock.ran.push({ from: clock.since!, to })
  clock.elapsedMs += to - clock.since!
}

function upTo(clock: ZendeskClock, now: Instant): ZendeskClock {
  closeStretch(clock, now)
  return clock.phase === 'running' && clock.breachedAt === null ? clock : { ...clock, breachesAt: null }
}

function placeOf({ metric }: ZendeskClock): number {
  return ZENDESK_METRICS.indexOf(metric)
}
