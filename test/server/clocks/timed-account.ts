import { sql } from 'kysely'
import type { Instant } from '../../../core/units.ts'
import { type Auditor, createAuditor } from '../../../server/clocks/auditor.ts'
import type { Finding } from '../../../server/clocks/findings.ts'
import { type TimersStanding, timersStanding } from '../../../server/clocks/standing.ts'
import { createSweep, type Sweep, type SweepDeps } from '../../../server/clocks/sweep.ts'
import { createWatcher, type Watcher } from '../../../server/clocks/watcher.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { observe } from '../../../server/observe/observe.ts'
import { policyFor } from '../../../server/observe/policy-for.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

export type Recorded = {
  kind: string
  at: string
  ticketId: number
  escalationId: string | null
  lateMs: number | null
}

/** An account whose clocks warn at half, breach, and escalate by themselves, with what makes them. */
export type TimedAccount = ServedAccount & {
  sweep: Sweep
  auditor: Auditor
  watcher: Watcher
  /** A sweep of another server on the same database. */
  anotherSweep(overrides?: Partial<SweepDeps>): Sweep
  anotherAuditor(overrides?: { sliceSize?: number }): Auditor
  /** A ticket that is escalated to tier 2 and routed. */
  anEscalation(): Promise<number>
  advance(minutes: number): Promise<void>
  /** What was recorded of due instants, in the order of the record. */
  told(ticketId?: number): Promise<Recorded[]>
  /** Private comments of ours that list what fell due, as they stand in the ticket. */
  comments(ticketId: number): Promise<string[]>
  dueAt(ticketId: number): Promise<Instant | null>
  /** Changes the row of what an escalation waits for behind everybody's back. */
  tamper(ticketId: number, set: { nextDueAt?: Instant | null; isGone?: boolean }): Promise<void>
  standing(): Promise<TimersStanding>
  findings(): Promise<Finding[]>
  /** Event words of the log, from the newest start on. */
  words(): string[]
}

export const TIMED_POLICY = `
escalation:
  trigger_model: [manual, sla]
  tiers:
    - { level: 1, name: Support, team: Support, sla: { first_response: 4h, resolution_target: 24h } }
    - { level: 2, name: Specialists, sla: { first_response: 2h, resolution_target: 4h } }
    - { level: 3, name: Engineering, sla: { first_response: 1h, resolution_target: 4h } }
  queues:
    - { id: identity, name: Identity, tier: 2, group: Identity specialists, default: true }
    - { id: platform, name: Platform, tier: 3, group: Platform engineering, default: true }
  clocks:
    warn_at: [50]
  auto_escalation: { at: [breach], clocks: [resolution] }
`

const TOLD = ['clock-warned', 'clock-breached', 'timer-fired', 'on-call-told', 'nobody-notified', 'raised']

export async function timedAccount(): Promise<TimedAccount> {
  const account = await serveAccount()
  const { accountId, clock, deps } = account
  const { db } = deps
  const saved = await savePolicy(db, accountId, {
    yaml: TIMED_POLICY,
    author: 'test',
    reason: 'test',
    now: clock.now(),
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
  const log = { info: deps.log.info, warn: deps.log.warn, error: deps.log.warn }
  const own = { ...{ db, clock, log }, account: { id: accountId }, calendars: deps.calendars, followUp: deps.followUp }
  const within = <T>(run: Parameters<typeof inAccount<T>>[2]) => inAccount(db, accountId, run)

  return {
    ...account,
    ...{ anotherSweep, anEscalation, told, comments, dueAt, tamper },
    sweep: anotherSweep(),
    auditor: createAuditor(own),
    anotherAuditor: (overrides = {}) => createAuditor({ ...own, ...overrides }),
    watcher: createWatcher(own),
    advance: (minutes) => clock.advance(minutes * 60_000),
    standing: () => timersStanding(db, accountId, clock),
    findings: async () => (await timersStanding(db, accountId, clock)).findings,
    words: () => account.logged.map(({ event }) => String(event)),
  }

  function anotherSweep(overrides: Partial<SweepDeps> = {}): Sweep {
    return createSweep({
      ...own,
      jobs: account.jobs,
      metrics: createMetrics(),
      zendeskOf: deps.zendeskOf,
      observe: (payload) => observe(payload, deps),
      policyOf: (id, version) => policyFor(db, id, version, clock.now()),
      ...overrides,
    })
  }

  async function anEscalation(): Promise<number> {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    return ticketId
  }

  async function told(ticketId?: number): Promise<Recorded[]> {
    const rows = await within((tx) => {
      const events = tx.selectFrom('event').selectAll().where('kind', 'in', TOLD).orderBy('id')
      return (ticketId === undefined ? events : events.where('ticket_id', '=', ticketId)).execute()
    })
    return rows.map((row) => ({
      kind: row.kind,
      at: new Date(row.at).toISOString().slice(11, 16),
      ticketId: row.ticket_id,
      escalationId: row.escalation_id,
      lateMs: (row.data as { lateMs?: number }).lateMs ?? null,
    }))
  }

  async function comments(ticketId: number): Promise<string[]> {
    const audits = await account.client.listAuditsSince(ticketId, 0)
    const ours = audits.filter(({ authorId }) => authorId === account.people.integration.id)
    return ours.flatMap((audit) => audit.comments.map(({ html }) => html)).filter((html) => html.includes('Due on'))
  }

  async function dueAt(ticketId: number): Promise<Instant | null> {
    const row = await within((tx) =>
      tx.selectFrom('escalation_clocks').select('next_due_at').where('ticket_id', '=', ticketId).executeTakeFirst(),
    )
    return row?.next_due_at ?? null
  }

  async function tamper(
    ticketId: number,
    { nextDueAt = null, isGone = false }: { nextDueAt?: Instant | null; isGone?: boolean },
  ) {
    await within(async (tx) => {
      if (isGone) await sql`delete from escalation_clocks where ticket_id = ${ticketId}`.execute(tx)
      else await sql`update escalation_clocks set next_due_at = ${nextDueAt} where ticket_id = ${ticketId}`.execute(tx)
    })
  }
}
