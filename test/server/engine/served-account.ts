import { createHash } from 'node:crypto'
import type { Envelope } from '../../../core/contract/command.ts'
import type { TicketState } from '../../../core/escalation/state.ts'
import { canonicalNote } from '../../../core/note/canonical.ts'
import { emptyNote, type Note } from '../../../core/note/note.ts'
import { renderHtml } from '../../../core/note/render.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { type ActDeps, act } from '../../../server/act/act.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { readTicketState } from '../../../server/engine/ticket-row.ts'
import { createFollowUp } from '../../../server/follow-up.ts'
import { createJobs, type JobHandlers, type Jobs } from '../../../server/jobs/jobs.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { type ObserveDeps, observe } from '../../../server/observe/observe.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { recount } from '../../../server/schedules/recount.ts'
import { syncSchedules } from '../../../server/schedules/sync-schedules.ts'
import { type CatchUpDeps, catchUp } from '../../../server/sync/catch-up.ts'
import { metricEvents } from '../../../server/sync/metric-events.ts'
import { type ReconcileDeps, reconcile } from '../../../server/sync/reconcile.ts'
import { type SyncDeps, sync } from '../../../server/sync/sync.ts'
import type { ZendeskClient } from '../../../server/zendesk/client.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import type { User } from '../../zendesk/state/model.ts'
import { type SmallAccount, startSmallAccount } from '../zendesk/small-account.ts'

export type ServedAccount = SmallAccount & {
  accountId: number
  database: TestDatabase
  jobs: Jobs
  deps: ObserveDeps & ActDeps & CatchUpDeps & SyncDeps & ReconcileDeps
  /** Writes a note in the ticket as somebody would with the app; answers the audit's id. */
  send(user: User, ticketId: number, sending?: Sending): number
  /** Looks at the ticket and carries out what follows, as far as it is due; answers how many jobs ran. */
  look(ticketId: number): Promise<number>
  settle(): Promise<number>
  stateOf(ticketId: number): Promise<TicketState>
  /** The effects of a ticket, oldest first. */
  effectsOf(
    ticketId: number,
  ): Promise<{ id: string; kind: string; state: string; attempts: number; last_error: string | null }[]>
  /** The kinds of events recorded for a ticket, oldest first. */
  eventsOf(ticketId: number): Promise<string[]>
  /** Puts another client in the place of the real one. */
  withClient(wrap: (client: ZendeskClient) => Partial<ZendeskClient>): void
}

export type Sending = { note?: Note; envelope?: Partial<Envelope> | null; html?: string; isPublic?: boolean }

export const POLICY = `
escalation:
  trigger_model: [manual, severity]
  tiers:
    - { level: 1, name: Support, team: Support, sla: { first_response: 4h } }
    - { level: 2, name: Specialists, sla: { first_response: 2h, resolution_target: 8h } }
    - { level: 3, name: Engineering, sla: { first_response: 30m, resolution_target: 4h } }
  queues:
    - { id: identity, name: Identity, tier: 2, group: Identity specialists, default: true, tags: [team_identity] }
    - { id: platform, name: Platform, tier: 3, group: Platform engineering, default: true }
  severity_overrides:
    - { severity: P1, description: Production degradation, route_to: 3 }
`

/** A small account with our server beside it: database, queue and policy, all on one clock that stands still. */
export async function serveAccount(options: Parameters<typeof startSmallAccount>[0] = {}): Promise<ServedAccount> {
  const small = await startSmallAccount(options)
  const { clock } = small
  const database = await createTestDatabase()
  const { db } = database
  const jobs = await createJobs({ url: database.url, clock, isDriven: true })
  const accounts = createAccounts({ db, clock })
  const { id: accountId } = await accounts.ensureAccount({ subdomain: 'local', zendeskUrl: small.zendesk.url })
  await accounts.setInstallation(accountId, small.installation)
  const saved = await savePolicy(db, accountId, { yaml: POLICY, author: 'test', reason: 'test', now: clock.now() })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))

  let client = small.client
  const note = (fields: Record<string, unknown>) => void small.logged.push(fields)
  const deps: ObserveDeps & ActDeps & CatchUpDeps & SyncDeps & ReconcileDeps = {
    ...{ db, clock, jobs, accounts, calendars: createCalendars(db, clock), metrics: createMetrics() },
    followUp: createFollowUp({ accounts, jobs }),
    zendeskOf: () => client,
    history: null,
    log: { info: note, warn: note },
  }
  const handlers: JobHandlers = {
    observe: (payload) => observe(payload, deps),
    act: (payload) => act(payload, deps),
    'catch-up': (payload) => catchUp(payload, deps),
    'metric-events': (payload) => metricEvents(payload, deps),
    sync: (payload) => sync(payload, deps),
    reconcile: (payload) => reconcile(payload, deps),
    schedules: (payload) => syncSchedules(payload, deps),
    recount: (payload) => recount(payload, deps),
    notify: async () => {},
  }

  return {
    ...small,
    ...{ accountId, database, jobs, deps, send },
    look: async (ticketId) => {
      await inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'observe', { accountId, ticketId }))
      return jobs.settle(handlers)
    },
    settle: () => jobs.settle(handlers),
    stateOf: (ticketId) => inAccount(db, accountId, (tx) => readTicketState(tx, ticketId)),
    effectsOf: (ticketId) =>
      inAccount(db, accountId, (tx) =>
        tx
          .selectFrom('effect')
          .select(['id', 'kind', 'state', 'attempts', 'last_error'])
          .where('ticket_id', '=', ticketId)
          .orderBy('created_at')
          .execute(),
      ),
    eventsOf: async (ticketId) => {
      const rows = await inAccount(db, accountId, (tx) =>
        tx.selectFrom('event').select('kind').where('ticket_id', '=', ticketId).orderBy('id').execute(),
      )
      return rows.map(({ kind }) => kind)
    },
    withClient: (wrap) => {
      client = { ...small.client, ...wrap(small.client) }
    },
    [Symbol.asyncDispose]: async () => {
      await jobs[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await small[Symbol.asyncDispose]()
    },
  }

  function send(user: User, ticketId: number, { note: given, envelope, html, isPublic }: Sending = {}): number {
    const written = given ?? aNote()
    const digest = createHash('sha256').update(canonicalNote(written)).digest('base64url')
    const baton =
      envelope === null ? null : { v: 1, verb: 'escalate', id: nextCommandId(), ticket: ticketId, digest, ...envelope }
    const tags = [...small.ticket(ticketId).tags, 'baton']
    return small.change(user, ticketId, {
      comment: { html_body: html ?? renderHtml(written), public: isPublic ?? false },
      ...(user.role_type === 1 ? {} : { tags }),
      ...(baton && { metadata: { baton } }),
    })
  }
}

let count = 0

/** A command id of its own for every call. */
export function nextCommandId(): string {
  return `01${String(++count).padStart(24, '0')}`
}

/** A note with everything that is asked for. */
export function aNote(overrides: Partial<Note> = {}): Note {
  return {
    ...emptyNote(),
    issue: {
      summary: 'Nobody at the customer can sign in with SAML since this morning.',
      symptoms: ['Error 403 after the redirect', 'Password login works'],
      customer_impact: 'All 400 users are locked out.',
      business_impact: 'Renewal is due this month.',
    },
    steps_taken: ['Checked the certificate', 'Followed the SSO runbook'],
    escalation_reason: 'Needs access to the SAML logs.',
    suggested_next_step: 'Look at the assertion of the last login.',
    diagnostics: {
      environment: 'Production, EU',
      reproduction_steps: ['Open the login page', 'Choose SSO'],
      reproduction_rate: 100,
      log_excerpts: 'SAML: audience mismatch',
      evidence: ['HAR file attached'],
    },
    triage: {
      severity: 'P2',
      component: '',
      category: '',
      affected_customers: 1,
      duration_hours: 3,
      needs_code: false,
    },
    ...overrides,
  }
}

/** A note of three words. */
export function aShortNote(severity: 'P1' | 'P2'): Note {
  return aNote({ ...emptyNote(), escalation_reason: 'Login is down', triage: { ...aNote().triage, severity } })
}
