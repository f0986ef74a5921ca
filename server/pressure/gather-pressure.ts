import { type PressureCase, pressureCase } from '../../core/pressure/case.ts'
import { type PressureReport, pressureMeter } from '../../core/pressure/meter.ts'
import { type Clock, DAY_MS, type Instant } from '../../core/units.ts'
import { accountZone } from '../analytics/account-zone.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import { policyFor } from '../observe/policy-for.ts'
import { ticketIdsAskedFor } from '../review/read-record.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { pressureRecords } from './read-pressure.ts'

export type PressureDeps = { db: Database; clock: Clock; calendars: Calendars }

/** What waits longer than this is aged and no longer in anybody's way. */
const WAITED_MS = 30 * DAY_MS
/** States that are held in memory at a time. */
const BATCH = 500

/**
 * The meter over the escalations that were asked for in [from, to), from the record.
 *
 * @param asked the zone left out, weeks are those that reports are kept by
 */
export async function gatherPressure(
  accountId: number,
  { db, clock, calendars }: PressureDeps,
  { from, to, ...asked }: { from: Instant; to: Instant; zone?: string },
): Promise<PressureReport> {
  const now = clock.now()
  const policy = await policyFor(db, accountId, null, now)
  const { calendarOf } = await calendars.of(accountId)
  const setting = { calendarOf, customerTiers: policy.customerTiers, now }
  const since = from - WAITED_MS
  const { cases, zone } = await inAccount(db, accountId, async (tx) => {
    const found: PressureCase[] = []
    const ticketIds = await ticketIdsAskedFor(tx, since, to)
    for (let start = 0; start < ticketIds.length; start += BATCH) {
      const batch = ticketIds.slice(start, start + BATCH)
      const recordOf = await pressureRecords(tx, batch)
      for (const state of await readTicketStates(tx, batch)) {
        for (const escalation of state.escalations) {
          if (escalation.requestedAt < since || escalation.requestedAt >= to) continue
          found.push(pressureCase(state, escalation, recordOf(escalation.id), setting))
        }
      }
    }
    return { cases: found, zone: asked.zone ?? (await accountZone(tx, policy)) }
  })
  return pressureMeter(cases, { from, to, zone, least: policy.reviews.least })
}
