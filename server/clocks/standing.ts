import { sql } from 'kysely'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { CANARY_TICKET } from './canary.ts'
import { type Finding, readFindings } from './findings.ts'
import { GRACE_MS } from './overdue.ts'

export type TimersStanding = {
  /** `late`: something is told later than it should be. `frozen`: nothing is told. `unknown`: nobody ever looked. */
  state: 'ok' | 'late' | 'frozen' | 'unknown'
  /** Escalations with something due now. */
  due: number
  /** Those of them whose grace is over. */
  late: number
  /** Since a pass went well; null before the first. */
  sweepAgeMs: number | null
  /** Since the canary fired; null before the first time. */
  canaryAgeMs: number | null
  /** How late it fired then. */
  canaryLateMs: number | null
  findings: Finding[]
}

/** Noticed within a minute, with the time between two looks of the watcher. */
const FROZEN_AFTER_MS = 45 * SECOND_MS

/** How well timers work, from what is written in the database: whichever server tells, all of them know. */
export async function timersStanding(db: Database, accountId: number, clock: Clock): Promise<TimersStanding> {
  const now = clock.now()
  return inAccount(db, accountId, async (tx) => {
    const watch = await tx.selectFrom('watch').selectAll().executeTakeFirst()
    const { rows } = await sql<{ due: number; late: number }>`
      select count(*) as due, count(*) filter (where next_due_at < ${now - GRACE_MS}) as late
      from escalation_clocks where next_due_at <= ${now} and ticket_id <> ${CANARY_TICKET}`.execute(tx)
    const counts = rows[0]!
    const sweepAgeMs = since(watch?.swept_at ?? null)
    const isCanaryDead = (watch?.canary_due_at ?? now) < now - FROZEN_AFTER_MS
    return {
      state: judge(sweepAgeMs, isCanaryDead, counts.late),
      ...counts,
      sweepAgeMs,
      canaryAgeMs: since(watch?.canary_fired_at ?? null),
      canaryLateMs: watch?.canary_late_ms ?? null,
      findings: await readFindings(tx),
    }
  })

  function since(at: Instant | null): number | null {
    return at === null ? null : Math.max(0, now - at)
  }
}

function judge(sweepAgeMs: number | null, isCanaryDead: boolean, late: number): TimersStanding['state'] {
  if (sweepAgeMs === null) return 'unknown'
  if (sweepAgeMs > FROZEN_AFTER_MS || isCanaryDead) return 'frozen'
  return late > 0 ? 'late' : 'ok'
}
