import { sql } from 'kysely'
import { pino } from 'pino'
import { DAY_MS, type Instant } from '../../../core/units.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { markAll } from '../../../server/analytics/mark.ts'
import { createMeasurer, type Measurer, type MeasurerDeps } from '../../../server/analytics/measurer.ts'
import type { ReportSetting } from '../../../server/analytics/report.ts'
import type { Database } from '../../../server/db/connect.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { keepEscalations } from '../../../server/engine/record.ts'
import { lockTicketStates, writeTicketStates } from '../../../server/engine/ticket-row.ts'
import { policyFor } from '../../../server/observe/policy-for.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { DEMO_POLICY } from '../../demo/policy.ts'
import { createTestDatabase } from '../../support/database.ts'
import { type History, historyState } from '../../zendesk/history/history.ts'
import { listSchedules } from '../../zendesk/schedules/find.ts'

export const UNTIL: Instant = Date.parse('2026-11-30T10:00:00Z')

/** An account with a generated history in its database, not measured yet. */
export type GeneratedAccount = AsyncDisposable & {
  history: History
  db: Database
  accountId: number
  /** Moved by hand. */
  clock: { now(): Instant; at: Instant }
  /** @param around what is measured with instead */
  measurer(around?: Partial<MeasurerDeps>): Measurer
  setting(): Promise<ReportSetting>
}

export async function generatedAccount(): Promise<GeneratedAccount> {
  const history = await historyState({
    ...{ tickets: 110, episodes: 55, from: UNTIL - 100 * DAY_MS, until: UNTIL, policy: DEMO_POLICY },
  })
  const database = await createTestDatabase()
  const { db } = database
  const clock = { at: UNTIL, now: () => clock.at }
  const { id: accountId } = await createAccounts({ db, clock }).ensureAccount({
    ...{ subdomain: 'generated', zendeskUrl: 'https://generated.zendesk.com' },
  })
  const saved = await savePolicy(db, accountId, {
    ...{ yaml: DEMO_POLICY, author: 'test', reason: 'first', now: UNTIL - 200 * DAY_MS },
    zendesk: { ok: true, schedules: listSchedules(history.state).map(told) },
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
  const states = [...history.baton.states()]
  await inAccount(db, accountId, async (tx) => {
    await lockTicketStates(
      tx,
      accountId,
      states.map(({ ticketId }) => ticketId),
      UNTIL,
    )
    await writeTicketStates(
      tx,
      states.map((state) => ({ state, seenAt: null })),
      UNTIL,
    )
    const escalations = states.flatMap(({ ticketId, escalations }) =>
      escalations.map((escalation) => ({ ticketId, escalation })),
    )
    await keepEscalations(tx, escalations, accountId)
    const tickets = Object.values(history.state.tickets).map((ticket) => ({
      ...{ ticket_id: ticket.id, created_at: ticket.created_at, status: ticket.status, subject: ticket.subject },
      standing: ticket.tags.includes('closed_by_merge') ? 'merged' : ticket.status === 'deleted' ? 'deleted' : 'live',
      assignee_id: ticket.assignee_id,
    }))
    await sql`
      insert into zendesk_ticket (account_id, ticket_id, created_at, updated_at, generated_at, subject, status, channel,
        assignee_id, tags, fields, standing, read_at)
      select ${accountId}::bigint, ticket_id, created_at, created_at, created_at, subject, status, 'email', assignee_id,
        '{}', '{}', standing, ${UNTIL}::bigint
      from jsonb_to_recordset(${JSON.stringify(tickets)}::jsonb)
        as one (ticket_id bigint, created_at bigint, subject text, status text, assignee_id bigint, standing text)`.execute(
      tx,
    )
    await markAll(tx, accountId)
  })
  const calendars = createCalendars(db, clock)
  const policyOf = (id: number) => policyFor(db, id, null, clock.now())
  const deps = { db, clock, account: { id: accountId }, calendars, policyOf, log: pino({ level: 'silent' }) }
  return {
    ...{ history, db, accountId, clock },
    measurer: (around = {}) => createMeasurer({ ...deps, ...around }),
    setting: async () => ({
      ...{ db, accountId, now: clock.now() },
      policy: await policyOf(accountId),
      calendars: await calendars.of(accountId),
    }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

export async function untilDone(measurer: Measurer): Promise<void> {
  while ((await measurer.pass()) > 0);
}

/** A schedule as Zendesk tells of it. */
function told(schedule: ReturnType<typeof listSchedules>[number]) {
  const { id, name, holidays, created_at, updated_at } = schedule
  const dated = {
    ...schedule,
    created_at: new Date(created_at).toISOString(),
    updated_at: new Date(updated_at).toISOString(),
  }
  return { id: String(id), name, schedule: dated, holidays }
}
