import fc from 'fast-check'
import {
  ZENDESK_METRICS,
  type ZendeskMetric,
  type ZendeskMetricEvent,
  type ZendeskTarget,
} from '../../../core/clock/zendesk-metric-event.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { at } from './instants.ts'

type Happening = ZendeskMetricEvent extends infer E
  ? E extends ZendeskMetricEvent
    ? Omit<E, 'id' | 'ticketId' | 'metric' | 'instance' | 'at' | 'isDeleted'> & { isDeleted?: boolean }
    : never
  : never

/** What happened to one clock, in the order Zendesk wrote it down. */
export function metricHistory(
  metric: ZendeskMetric,
  instance: number,
  ...happenings: [string, Happening][]
): ZendeskMetricEvent[] {
  return happenings.map(
    ([text, happening], index) =>
      ({
        isDeleted: false,
        ...happening,
        id: index + 1,
        ticketId: 7,
        metric,
        instance,
        at: at(text),
      }) as ZendeskMetricEvent,
  )
}

export function aZendeskTarget(overrides: Partial<ZendeskTarget> = {}): ZendeskTarget {
  return { targetMs: 120 * MINUTE_MS, counts: 'calendar', policy: { id: '25', title: 'Silver Plan' }, ...overrides }
}

/** Two days from here everything of `anyMetricEvents` has happened. */
export const METRICS_BEGIN = at('2026-03-06 10:00Z')
export const METRICS_END = METRICS_BEGIN + 48 * 60 * MINUTE_MS

/** Anything an account may have told of one ticket, each event with an id of its own; minutes coincide often. */
export function anyMetricEvents(): fc.Arbitrary<ZendeskMetricEvent[]> {
  const anyTarget = fc
    .record({
      minutes: fc.integer({ min: 1, max: 600 }),
      counts: fc.constantFrom('business' as const, 'calendar' as const),
    })
    .map(({ minutes, counts }) => aZendeskTarget({ targetMs: minutes * MINUTE_MS, counts }))
  const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 1, arbitrary: fc.constant({ kind: 'measure' as const }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'activate' as const }) },
    { weight: 3, arbitrary: fc.constant({ kind: 'pause' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'fulfill' as const }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('breach' as const), isDeleted: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('apply-sla' as const), target: anyTarget }) },
    {
      weight: 1,
      arbitrary: fc
        .nat(600)
        .map((minutes) => ({ kind: 'update-status' as const, calendarMs: minutes * MINUTE_MS, businessMs: 0 })),
    },
  )
  const anyEvent = fc.tuple(
    anyHappening,
    fc.constantFrom(...ZENDESK_METRICS.slice(0, 2)),
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 0, max: 200 }),
  )
  return fc.array(anyEvent, { maxLength: 30 }).map((drawn) =>
    drawn.map(
      ([happening, metric, instance, step], index) =>
        ({
          ...{ isDeleted: false, ...happening, id: index + 1, ticketId: 7, metric, instance },
          at: METRICS_BEGIN + step * 14 * MINUTE_MS,
        }) as ZendeskMetricEvent,
    ),
  )
}

export const anyMetricInstant = fc.integer({ min: METRICS_BEGIN - MINUTE_MS, max: METRICS_END })
