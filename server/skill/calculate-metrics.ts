import type { CalculateMetricsParameters, CalculateMetricsResult } from '../../core/contract/skill-metrics.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import { Refusal } from '../http/refusal.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { type EscalationFact, factOf } from './metric-facts.ts'
import { metricsOf } from './metrics.ts'

type Window = { from: Instant; to: Instant }
type Setting = { db: Database; accountId: number; policy: Policy; calendars: AccountCalendars; now: Instant }

/** Episodes read at a time: a year of a large account is never in memory with all its notes. */
const AT_ONCE = 500

/** Answers `calculate-metrics` from the record, by escalations that were asked for within the window. */
export async function calculateMetrics(
  { date_range, dimensions, metrics }: CalculateMetricsParameters,
  setting: Setting,
): Promise<CalculateMetricsResult> {
  const window = windowOf(date_range)
  const facts: EscalationFact[] = []
  for await (const some of factsWithin(window, setting)) facts.push(...some)
  return {
    action: 'calculate-metrics',
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    as_of: new Date(setting.now).toISOString(),
    dimensions,
    ...metricsOf(facts, dimensions, metrics),
  }
}

/** A day as the end is part of the range. */
function windowOf({ start, end }: CalculateMetricsParameters['date_range']): Window {
  const from = Date.parse(start)
  const to = Date.parse(end) + (/^\d{4}-\d\d-\d\d$/.test(end) ? DAY_MS : 0)
  if (from < to) return { from, to }
  const details = [{ path: 'date_range.end', message: 'Must not lie before the start' }]
  throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
}

async function* factsWithin(window: Window, { db, accountId, ...setting }: Setting): AsyncIterable<EscalationFact[]> {
  let after: { at: Instant; id: string } | null = { at: window.from, id: '' }
  while (after !== null) {
    const from: { at: Instant; id: string } = after
    const { facts, last } = await inAccount(db, accountId, (tx) => readBatch(tx, from, window.to, setting))
    yield facts
    after = last
  }
}

async function readBatch(
  tx: AccountTransaction,
  after: { at: Instant; id: string },
  to: Instant,
  { policy, calendars, now }: Pick<Setting, 'policy' | 'calendars' | 'now'>,
) {
  const rows = await tx
    .selectFrom('escalation')
    .select(['id', 'ticket_id', 'requested_at'])
    .where(({ and, eb, refTuple, tuple }) =>
      and([eb(refTuple('requested_at', 'id'), '>', tuple(after.at, after.id)), eb('requested_at', '<', to)]),
    )
    .orderBy('requested_at')
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  const states = await readTicketStates(tx, [...new Set(rows.map((row) => row.ticket_id))])
  const byTicket = new Map(states.map((state) => [state.ticketId, state]))
  const facts = rows.flatMap(({ id, ticket_id }) => {
    const state = byTicket.get(ticket_id)
    const escalation = state?.escalations.find((one) => one.id === id)
    return state && escalation ? [factOf(state, escalation, policy, calendars, now)] : []
  })
  const last = rows.length === AT_ONCE ? rows.at(-1)! : null
  return { facts, last: last && { at: last.requested_at, id: last.id } }
}
