import { z } from 'zod'

/** What `/readyz` answers. */
export const Ready = z.strictObject({
  database: z.enum(['ok', 'away']),
  jobs: z.enum(['ok', 'away']),
  zendesk: z.enum(['signed-in', 'expired', 'never', 'unknown']),
  /** How well webhooks that never came are made up for; `denied` when the integration user may not read exports. */
  catchUp: z.enum(['current', 'behind', 'denied', 'never', 'unknown']),
  /** Whether what falls due is told: on time, late, or not at all. */
  timers: z.enum(['ok', 'late', 'frozen', 'unknown']),
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
    undispatched: Count.nullable(),
  }),
  /** Null while it cannot be read. */
  queue: z.record(z.string(), z.strictObject({ waiting: Count, active: Count, dead: Count })).nullable(),
  catchUp: z.strictObject({ state: Ready.shape.catchUp, lagSeconds: Seconds }),
})
export type Health = z.infer<typeof Health>
