import {
  addToTally,
  auditTicket,
  type ClockAudit,
  clockAudit,
  newTally,
  type TicketAudit,
} from '../../core/audit/clock-audit.ts'
import { clocksMoved } from '../../core/audit/moved.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Clock, Instant } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { Installation } from '../admin/installation.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { type AuditedPeople, auditedPeople } from './people.ts'
import { changesOfTickets, deadlinesOf, ticketsChanged } from './read-changes.ts'

export type AuditDeps = { db: Database; clock: Clock; calendars: Calendars; accounts: Pick<Accounts, 'get'> }

/** An audit with the names of whoever is in it. */
export type NamedAudit = ClockAudit & { names: Record<number, string> }

/** Histories that are held in memory at a time. */
const BATCH = 1000

/** Looks through the history of every ticket that something happened to in [from, to). Nothing is kept of it. */
export async function gatherAudit(
  accountId: number,
  deps: AuditDeps,
  { from, to }: { from: Instant; to: Instant },
): Promise<NamedAudit> {
  const { db, clock, accounts } = deps
  const now = clock.now()
  const { integrationUserId } = Installation.parse((await accounts.get(accountId)).installation)
  const { reviews } = await policyFor(db, accountId, null, now)
  const { calendarOf } = await deps.calendars.of(accountId)
  return inAccount(db, accountId, async (tx) => {
    const people = await auditedPeople(tx, integrationUserId)
    const ticketIds = await ticketsChanged(tx, from, to)
    const tally = newTally()
    for (let start = 0; start < ticketIds.length; start += BATCH) {
      const audits = await auditBatch(tx, ticketIds.slice(start, start + BATCH), people, now)
      const states = await statesOf(tx, audits)
      for (const [ticketId, audit] of audits) {
        const state = states.get(ticketId)
        addToTally(tally, audit, { from, to }, (finding) => (state ? clocksMoved(state, finding, calendarOf) : []))
      }
    }
    const audit = clockAudit(tally, { from, to, tickets: ticketIds.length, least: reviews.least })
    return { ...audit, names: namesIn(audit, people) }
  })
}

async function auditBatch(
  tx: AccountTransaction,
  ticketIds: readonly number[],
  { isAgent }: AuditedPeople,
  now: Instant,
): Promise<Map<number, TicketAudit>> {
  const changes = await changesOfTickets(tx, ticketIds)
  const deadlines = await deadlinesOf(tx, ticketIds)
  return new Map(
    [...changes].map(([ticketId, own]) => [
      ticketId,
      auditTicket(own, { ticketId, isAgent, deadlines: deadlines.get(ticketId) ?? [], now }),
    ]),
  )
}

/** What Baton knows of the tickets in which something was found. */
async function statesOf(
  tx: AccountTransaction,
  audits: ReadonlyMap<number, TicketAudit>,
): Promise<Map<number, TicketState>> {
  const found = [...audits].filter(([, audit]) => Object.values(audit).some(({ findings }) => findings.length > 0))
  const states = await readTicketStates(
    tx,
    found.map(([ticketId]) => ticketId),
  )
  return new Map(states.map((state) => [state.ticketId, state]))
}

function namesIn({ patterns }: ClockAudit, { nameOf }: AuditedPeople): Record<number, string> {
  const ids = patterns.flatMap(({ findings, people }) => [
    ...findings.map(({ byId }) => byId),
    ...people.map(({ id }) => id),
  ])
  return Object.fromEntries([...new Set(ids)].map((id) => [id, nameOf(id)]))
}
