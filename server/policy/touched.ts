import type { ClockPlan, PlannedClock } from '../../core/clock/plan.ts'
import type { ClockName } from '../../core/clock/targets.ts'
import { replanOf } from '../../core/decide/raise.ts'
import { ENDED, openEscalation, restored, type TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { formatDuration, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** An open escalation that another policy answers otherwise. `plan` is null when the policy has no place for it. */
export type Replanned = { escalationId: string; ticketId: number; plan: ClockPlan | null; differences: string[] }

const BATCH = 500

/** The open escalations whose time the policy answers otherwise than they have it, a batch at a time, by their ids. */
export async function* replannedBy(
  policy: Policy,
  now: Instant,
  within: <T>(run: (tx: AccountTransaction) => Promise<T>) => Promise<T>,
): AsyncGenerator<Replanned[]> {
  for (let after = ''; ; ) {
    const from = after
    const rows = await within((tx) =>
      tx
        .selectFrom('escalation')
        .innerJoin('ticket', (join) =>
          join
            .onRef('ticket.account_id', '=', 'escalation.account_id')
            .onRef('ticket.ticket_id', '=', 'escalation.ticket_id'),
        )
        .select(['escalation.id', 'ticket.ticket_id', 'ticket.state'])
        .where('escalation.id', '>', from)
        .where('escalation.stage', 'not in', ENDED)
        .orderBy('escalation.id')
        .limit(BATCH)
        .execute(),
    )
    yield rows.flatMap(({ ticket_id: ticketId, state }) => {
      const known: TicketState = restored(ticketId, state as Partial<TicketState>)
      return replannedIn(known, policy, now) ?? []
    })
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

/** Null when the policy answers what the escalation has. */
export function replannedIn(state: TicketState, policy: Policy, now: Instant): Replanned | null {
  const open = openEscalation(state)
  const plan = open?.handOvers.at(-1)?.plans.at(-1)?.plan
  if (!open || !plan) return null
  const { id: escalationId, decision } = open
  const wanted = replanOf(policy, { decision, plan }, now)
  const differences = wanted ? differencesOf(plan, wanted) : [`the policy has no queue ${decision.queue} any more`]
  return differences.length === 0 ? null : { escalationId, ticketId: state.ticketId, plan: wanted, differences }
}

/**
 * In short pieces: `resolution 8h → 4h`. The version and the instant of the answer say nothing, and whom on-call steps
 * tell is another matter every hour.
 */
function differencesOf(before: ClockPlan, after: ClockPlan): string[] {
  const names = new Set([...Object.keys(before.clocks), ...Object.keys(after.clocks)] as ClockName[])
  return [
    ...[...names].flatMap((name) => clockDifference(name, before.clocks[name], after.clocks[name])),
    ...(same(before.timers, after.timers) ? [] : ['timers']),
    ...(same(before.autoEscalation, after.autoEscalation) ? [] : ['automatic escalation']),
    ...(before.noticeHours === after.noticeHours ? [] : ['hours of notices']),
  ]
}

function clockDifference(name: ClockName, before: PlannedClock | undefined, after: PlannedClock | undefined): string[] {
  const [old, now] = [before, after].map((clock) => (clock ? formatDuration(clock.target.minutes) : 'none'))
  if (old !== now) return [`${name} ${old} → ${now}`]
  if (!before || !after || same(rulesOf(before), rulesOf(after))) return []
  return before.schedule === after.schedule
    ? [`${name} counts otherwise`]
    : [`${name} by ${before.schedule ?? 'every hour'} → ${after.schedule ?? 'every hour'}`]
}

function rulesOf({ target: { policyVersion: _, ...rules }, schedule }: PlannedClock) {
  return { ...rules, schedule }
}

/** Keys of what came back from the database are in another order. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted)
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
