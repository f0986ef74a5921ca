import { z } from 'zod'
import { Channel } from '../../core/notice/words.ts'

const Reading = z.enum(['current', 'behind', 'denied', 'never', 'unknown'])

/** What `/readyz` answers. */
export const Ready = z.strictObject({
  database: z.enum(['ok', 'away']),
  jobs: z.enum(['ok', 'away']),
  zendesk: z.enum(['signed-in', 'expired', 'never', 'unknown']),
  /** How well webhooks that never came are made up for; `denied` when the integration user may not read exports. */
  catchUp: Reading,
  /** Whether what falls due is told: on time, late, or not at all. */
  timers: z.enum(['ok', 'late', 'frozen', 'unknown']),
  /** How far the export of what happened to Zendesk's own clocks is read. */
  metricEvents: Reading,
  /** Whether the schedules that the policy takes from Zendesk are as it names them; `never` before they were read. */
  schedules: z.enum(['ok', 'trouble', 'never', 'unknown']),
  /** `failed`: some of the last day's notices did not arrive. */
  notices: z.enum(['ok', 'failed', 'unknown']),
})
export type Ready = z.infer<typeof Ready>

const Count = z.int().nonnegative()
const Seconds = z.number().nullable()

/** What `/health` answers to programs: counts, ages and the ids of escalations, and nothing else. */
export const Health = z.strictObject({
  at: z.iso.datetime(),
  database: Ready.shape.database,
  zendesk: Ready.shape.zendesk,
  timers: z.strictObject({
    state: Ready.shape.timers,
    due: Count,
    late: Count,
    sweepAgeSeconds: Seconds,
    canaryAgeSeconds: Seconds,
    canaryLateSeconds: Seconds,
    findings: z.array(
      z.strictObject({
        kind: z.enum(['failed', 'stuck', 'overdue', 'undelivered', 'repaired']),
        escalationId: z.string(),
        since: z.iso.datetime(),
      }),
    ),
  }),
  webhooks: z.strictObject({
    /** Since this server started, by what became of them. */
    answered: z.record(z.string(), Count),
    /** Tickets of stored webhooks for which no look was queued yet. */
    undispatched: Count.nullable(),
    /** By whichever server. */
    acceptedLastHour: Count.nullable(),
    /** Of the last one of the last day; null when there was none, or when it cannot be read. */
    lastAcceptedAgeSeconds: Seconds,
  }),
  /** Null while it cannot be read. */
  queue: z.record(z.string(), z.strictObject({ waiting: Count, active: Count, dead: Count })).nullable(),
  catchUp: z.strictObject({ state: Reading, lagSeconds: Seconds }),
  metricEvents: z.strictObject({ state: Reading, lagSeconds: Seconds }),
  schedules: z.strictObject({ state: Ready.shape.schedules, readAgeSeconds: Seconds, troubles: Count }),
  /** How far the whole account is read. Null while it cannot be read, and where none but escalated tickets are kept. */
  sync: z
    .strictObject({
      exports: z.array(
        z.strictObject({
          export: z.string(),
          /** `absent`: not in this account or plan. `done`: a past that was read to its end. */
          state: z.enum(['current', 'behind', 'denied', 'never', 'absent', 'reading', 'done']),
          lagSeconds: Seconds,
          kept: Count,
          /** Of a past, how much of its time was read, 0 to 1. */
          progress: z.number().nullable(),
        }),
      ),
      /** That Zendesk allows all exports of the account together. */
      callsPerMinute: Count,
      /** The share of them that was used in the last hour, 0 to 1; null when there were none. */
      callsUsed: z.number().nullable(),
      /** Until the past is read; null when none is. */
      leftSeconds: Seconds,
      /** Since when tickets are kept without a gap. */
      completeSince: z.iso.datetime().nullable(),
      /** What the last daily comparison found and had looked at again. */
      reconciled: z.strictObject({ at: z.iso.datetime(), missed: Count, gone: Count, differing: Count }).nullable(),
    })
    .nullable(),
  /** Those that wait, and what did not arrive within the last day. Null while it cannot be read. */
  notices: z
    .strictObject({
      waiting: Count,
      failed: Count,
      suppressed: Count,
      /** `why` is a stable word of ours or of the channel's. */
      reasons: z.array(
        z.strictObject({ state: z.enum(['failed', 'suppressed']), channel: Channel, why: z.string(), count: Count }),
      ),
      /** The last ones that failed, newest first. */
      failures: z.array(
        z.strictObject({
          escalationId: z.string(),
          kind: z.string(),
          channel: Channel,
          why: z.string(),
          at: z.iso.datetime(),
        }),
      ),
    })
    .nullable(),
  /** Calls to Zendesk that this server may make now. Null while it has made none. */
  zendeskCalls: z
    .strictObject({
      /** The account's limit a minute; half of it is for Baton. */
      limit: Count,
      left: Count,
      stoppedUntil: z.iso.datetime().nullable(),
    })
    .nullable(),
})
export type Health = z.infer<typeof Health>
