import type { TrackerHosts } from '../../core/engineering/tracker.ts'
import type { Fact } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Clock } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { Installation } from '../admin/installation.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { applyFacts } from '../engine/engine.ts'
import type { FollowUp } from '../engine/follow-up.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { issueFactsOf, type KnownIssue } from '../engineering/links.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { labelOfCommand } from '../skill/api-commands.ts'
import type { Lane } from '../zendesk/budget.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { type ClosedTickets, momentsOf } from './moments-of.ts'
import { policyFor } from './policy-for.ts'
import { readFacts } from './read-facts.ts'

export type ObserveDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue' | 'enqueueAll'>
  accounts: Pick<Accounts, 'get'>
  calendars: Calendars
  followUp: FollowUp
  zendeskOf(accountId: number, lane?: Lane): ZendeskClient | Promise<ZendeskClient>
  /** Where the company runs trackers of its own; left out: nowhere. */
  trackerHosts?: TrackerHosts
}

/**
 * Looks at a ticket: reads its new audits, turns them into facts with the policy's answer, and hands them to the engine.
 * Safe to run twice: an audit that was folded changes nothing. A ticket that is gone is a fact too.
 */
export async function observe(payload: JobPayloads['observe'], deps: ObserveDeps): Promise<void> {
  const { accountId, ticketId } = payload
  const { db, clock, jobs } = deps
  const stateOf = (id: number) => inAccount(db, accountId, (tx) => readTicketState(tx, id))
  const state = await stateOf(ticketId)
  const { installation, createdAt } = await deps.accounts.get(accountId)
  const calendars = await deps.calendars.of(accountId)

  let facts: Fact[]
  try {
    const sources: ClosedTickets = {
      zendesk: await deps.zendeskOf(accountId, payload.lane),
      now: clock.now(),
      policyOf: (version) => policyFor(db, accountId, version, clock.now()),
      integrationUserId: Installation.parse(installation).integrationUserId,
      programOf: (envelope) => inAccount(db, accountId, (tx) => labelOfCommand(tx, envelope)),
      watchedSince: createdAt,
      trackerHosts: deps.trackerHosts ?? {},
      stateOf,
      calendarOf: calendars.calendarOf,
    }
    facts = await readFacts(state, { ...sources, momentsOf: (id) => momentsOf(id, sources) })
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    const { failure, retryAt } = error
    if (failure === 'rate-limited' && retryAt !== null) {
      await inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'observe', payload, { runAt: retryAt }))
      return
    }
    if (failure !== 'not-found') throw error
    facts = isRunning(state) ? [{ kind: 'gone', at: clock.now() }] : []
  }

  if (facts.length === 0 && issuesOf(state).length === 0) return
  const setting = { accountId, ticketId, now: clock.now(), calendars, followUp: deps.followUp }
  const keptOnly: FollowUp = (tx, steps, what) => deps.followUp(tx, steps, { ...what, wasTold: true })
  await inAccount(db, accountId, async (tx) => {
    const [past, present] = parted(facts)
    if (past.length > 0) await applyFacts(tx, jobs, { ...setting, facts: past, isInOrder: true, followUp: keptOnly })
    if (present.length > 0) await applyFacts(tx, jobs, { ...setting, facts: present })
    // Also of an issue that was linked just now, of which its tracker may have told before.
    const told = await issueFactsOf(tx, issuesOf(await readTicketState(tx, ticketId)))
    if (told.length > 0) await applyFacts(tx, jobs, { ...setting, facts: told })
  })
}

/** The issues in which engineering works on the ticket. */
function issuesOf(state: TicketState): readonly KnownIssue[] {
  return openEscalation(state)?.issues ?? []
}

/** What our own marks in the ticket show an earlier record to have dealt with, and what came after that. */
function parted(facts: readonly Fact[]): [past: readonly Fact[], present: readonly Fact[]] {
  const end = facts.findLastIndex(isReplayed) + 1
  return [facts.slice(0, end), facts.slice(end)]
}

/** Told by our own marks in the ticket. */
function isReplayed({ kind }: Fact): boolean {
  return kind === 'effect' || kind === 'tick'
}

/** A ticket that we know and that has not ended yet, as far as we know. */
function isRunning(state: TicketState): boolean {
  return openEscalation(state) !== null || (state.moments.length > 0 && state.moments.at(-1)!.what !== 'ended')
}
