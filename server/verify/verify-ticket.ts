import type { TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import { type ClockCheck, checkClocks } from '../../core/verify/check-clocks.ts'
import { checkEvents, type EventChecks } from '../../core/verify/check-events.ts'
import { checkZendeskClocks, type ZendeskCheck } from '../../core/verify/check-zendesk.ts'
import { type Pair, pairsOf } from '../../core/verify/pairs.ts'
import { checkTimings, type TimingCheck } from '../../core/verify/timings.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { readVersions } from '../schedules/versions.ts'
import { type NativeTiming, nativeTimings } from './native-timings.ts'
import { eventsOfTicket } from './read-events.ts'
import { reread } from './reread.ts'
import { zendeskSchedules } from './schedules.ts'

/** What a ticket comes to when it is read again, beside the record and beside what Zendesk measured itself. */
export type TicketVerification = {
  ticketId: number
  asOf: Instant
  escalations: string[]
  /** Updates of the ticket, and how many of them the record has not read yet. */
  updates: { all: number; newer: number }
  clocks: ClockCheck[]
  timings: TimingCheck[]
  events: EventChecks
  zendesk: ZendeskCheck[]
  pairs: Pair[]
  native: NativeTiming[]
  unexplained: number
}

/**
 * Reads a ticket's updates afresh and works every clock and step out again, without the record.
 *
 * @throws {ZendeskError} when Zendesk does not show the ticket; an Error with a sentence when Baton does not know it
 */
export async function verifyTicket(context: Context, ticketId: number): Promise<TicketVerification> {
  const { db, clock, account } = context
  const asOf = clock.now()
  const { recorded, events, schedules, versions } = await inAccount(db, account.id, async (tx) => ({
    recorded: await readTicketState(tx, ticketId),
    events: await eventsOfTicket(tx, ticketId),
    schedules: await zendeskSchedules(tx, asOf),
    versions: await readVersions(tx),
  }))
  if (recorded.lastAuditId === 0)
    throw new Error(`Baton knows nothing of ticket ${ticketId}: there is nothing to verify.`)
  const again = await reread(context, recorded)
  const zendesk = await context.zendeskFor(account.id)
  const told = await zendesk.getTicketSlas(ticketId)
  const { calendarOf } = await context.calendars.of(account.id)
  const versionsOf = (id: string) => versions.filter(({ schedule }) => schedule.id === id).length
  const checks = checkZendeskClocks(again.state.moments, told.events, schedules, asOf)
  const found = {
    clocks: checkClocks(recorded, again.state, calendarOf, asOf),
    timings: checkTimings(recorded, again.state),
    events: checkEvents(events, again.updates, again.state, calendarOf, asOf),
    zendesk: checks,
    pairs: pairsOf(recorded, checks, calendarOf, versionsOf, asOf),
  }
  return {
    ...{ ticketId, asOf, escalations: recorded.escalations.map(({ id }) => id) },
    updates: { all: again.updates.length, newer: again.newer },
    ...found,
    native: await nativeTimings(zendesk, ticketId, again.state),
    unexplained: unexplainedIn(found, recorded),
  }
}

type Found = Pick<TicketVerification, 'clocks' | 'timings' | 'events' | 'zendesk' | 'pairs'>

function unexplainedIn({ clocks, timings, events, zendesk, pairs }: Found, { escalations }: TicketState): number {
  const ofClocks = clocks.flatMap(({ differences }) => differences).filter(({ reason }) => reason === null)
  const ofTimings = timings.filter(({ agrees, reason }) => !agrees && reason === null)
  // Of a ticket that nobody escalated only Zendesk's own clocks are of interest.
  const ofRecord = escalations.length === 0 ? [] : [...ofClocks, ...ofTimings, ...events.troubles]
  const isUnexplained = ({ verdict }: { verdict: string }) => verdict === 'unexplained'
  return ofRecord.length + zendesk.filter(isUnexplained).length + pairs.filter(isUnexplained).length
}
