import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { type Escalation, newTicketState, type TicketState } from '../../../core/escalation/state.ts'
import type { Instant } from '../../../core/units.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { keepEscalations, recordEvents } from '../../../server/engine/record.ts'
import { lockTicketStates, writeTicketStates } from '../../../server/engine/ticket-row.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { anEscalation } from '../../core/customer/an-escalation.ts'
import { PLAIN } from '../../core/policy/policies.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { MovableClock } from '../../zendesk/world.ts'

/** An account with a policy and a record, without a Zendesk. */
export type ARecord = AsyncDisposable & {
  accountId: number
  clock: MovableClock
  url: string
  deps: {
    db: Awaited<ReturnType<typeof createTestDatabase>>['db']
    clock: MovableClock
    calendars: ReturnType<typeof createCalendars>
  }
  /** Keeps an escalation as it stands now on a ticket of its own. */
  keep(ticketId: number, overrides: Partial<Escalation>, events?: Told[]): Promise<Escalation>
}

/** An event as it is told: when, and what. */
export type Told = { at: Instant } & Record<string, unknown>

export async function startRecord(policy = '', at = '2026-03-06 09:00Z'): Promise<ARecord> {
  const clock = createStoppedClock(at)
  const database = await createTestDatabase()
  const { db, url } = database
  const accounts = createAccounts({ db, clock })
  const account = await accounts.ensureAccount({ subdomain: 'local', zendeskUrl: 'http://localhost:1' })
  const saved = await savePolicy(db, account.id, { yaml: PLAIN + policy, author: 'test', reason: 'test', now: 0 })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))

  return {
    ...{ accountId: account.id, clock, url, deps: { db, clock, calendars: createCalendars(db, clock) } },
    async keep(ticketId, overrides, events = []) {
      const id = `ESC-2026-${String(ticketId).padStart(6, '0')}`
      const escalation = anEscalation({ id, commandId: String(ticketId).padStart(26, '0'), ...overrides })
      const state: TicketState = { ...newTicketState(ticketId), escalations: [escalation] }
      await inAccount(db, account.id, async (tx) => {
        await lockTicketStates(tx, account.id, [ticketId], clock.now())
        await writeTicketStates(tx, [{ state, seenAt: null }], clock.now())
        await keepEscalations(tx, [{ ticketId, escalation }], account.id)
        const recorded = events.map((event) => ({
          ticketId,
          event: { escalationId: id, by: null, auditId: null, ...event } as unknown as EscalationEvent,
        }))
        await recordEvents(tx, recorded, { accountId: account.id, now: clock.now() })
      })
      return escalation
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}
