import { sql } from 'kysely'
import { type Clock, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Logger } from '../log.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { armCanary } from './canary.ts'
import { type Finding, isOldRepair, keepFindings } from './findings.ts'
import { createLoop } from './loop.ts'
import { dueAmong, findOverdue, findUndelivered } from './overdue.ts'
import { findDifferent, isRecounting, nextOpen, repair } from './recheck.ts'

export type AuditorDeps = {
  db: Database
  clock: Clock
  calendars: Calendars
  account: { id: number }
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Open escalations that are recomputed each minute. */
  sliceSize?: number
}

export type Auditor = {
  /** Looks once; answers what it found that was not known, and null when another server looked within the minute. */
  audit(): Promise<Finding[] | null>
  start(): void
  stop(): Promise<void>
}

const SLICE_SIZE = 500
/** A little less than a minute, so that a look each minute is never taken for one too many. */
const EVERY_MS = 55 * SECOND_MS

/**
 * Holds what timers did against what they should have done, without trusting the sweep or what it goes by: names what is
 * overdue, and works out anew, slice by slice, what open escalations wait for. What differs is repaired and named.
 */
export function createAuditor(deps: AuditorDeps): Auditor {
  const { db, clock, log, sliceSize = SLICE_SIZE } = deps
  const accountId = deps.account.id
  let after = ''
  const loop = createLoop(audit, { pauseMs: MINUTE_MS, onTrouble: logTrouble })
  return { audit, start: loop.start, stop: loop.stop }

  async function audit(): Promise<Finding[] | null> {
    const now = clock.now()
    const calendars = await deps.calendars.of(accountId)
    const isMine = await inAccount(db, accountId, async (tx) => {
      await armCanary(tx, { accountId, now, calendars })
      const { rows } = await sql`
        update watch set audited_at = ${now} where audited_at is null or audited_at <= ${now - EVERY_MS} returning 1`.execute(
        tx,
      )
      return rows.length > 0
    })
    if (!isMine) return null

    const repaired = await recheck(now)
    const fresh = await inAccount(db, accountId, async (tx) => {
      const late = [...(await findOverdue(tx, now)), ...(await findUndelivered(tx, now))]
      const before = await dueBefore()
      return keepFindings(tx, accountId, [...late, ...repaired], (finding) => {
        const isSetAside = finding.kind === 'failed' || finding.kind === 'stuck'
        return isSetAside ? !before.has(finding.escalationId) : finding.kind !== 'repaired' || isOldRepair(finding, now)
      })

      /** What was set aside is over once nothing of it is due. */
      async function dueBefore(): Promise<Set<string>> {
        const { rows } = await sql<{ id: string }>`
          select distinct one->>'escalationId' as id from watch, jsonb_array_elements(findings) as one`.execute(tx)
        return dueAmong(
          tx,
          rows.map(({ id }) => id),
          now,
        )
      }
    })
    for (const { kind, escalationId, what, since } of fresh) {
      log.error({ event: `timers.${kind}`, accountId, escalationId, what, since: new Date(since).toISOString() })
    }
    return fresh
  }

  async function recheck(now: number): Promise<Finding[]> {
    const calendars = await deps.calendars.of(accountId)
    const different = await inAccount(db, accountId, async (tx) => {
      const slice = await nextOpen(tx, after, sliceSize)
      after = slice.length < sliceSize ? '' : slice.at(-1)!.escalationId
      const isChanging = slice.some(({ isStale }) => isStale) && (await isRecounting(tx, now))
      const settled = isChanging ? slice.filter(({ isStale }) => !isStale) : slice
      return findDifferent(tx, settled, calendars, now)
    })
    const repaired: Finding[] = []
    for (const one of different) {
      const finding = await inAccount(db, accountId, (tx) => repair(tx, one, { accountId, now, calendars }))
      if (finding) repaired.push(finding)
    }
    return repaired
  }

  function logTrouble(error: unknown): void {
    if (error === null) log.info({ event: 'audit.resumed', accountId })
    else log.error({ event: 'audit.failed', accountId, err: error })
  }
}
