import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation, TicketState } from '../../core/escalation/state.ts'
import { joiningOf, mayBegin } from '../../core/incident/join.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { type Keeping, keepAll, keepLinks } from './keep-effects.ts'
import { addIncident, addTicket, isSettled, lockIncidents, openIncidents, readIncident } from './store.ts'

/** Whoever joins by the policy. */
const BY_POLICY = 'Baton'

/**
 * Puts escalations into the major incident they belong to, or begins one, in the transaction that records what happened.
 * Safe to run twice: a ticket is in one incident at a time.
 */
export async function joinIncidents(
  tx: AccountTransaction,
  steps: readonly { state: TicketState; events: readonly EscalationEvent[] }[],
  policy: Policy,
  keeping: Keeping,
): Promise<void> {
  const settings = policy.majorIncident
  if (!settings || settings.severities.length === 0) return
  const candidates = steps.flatMap(({ state, events }) => {
    const begun = new Set(events.filter(mayBegin).map(({ escalationId }) => escalationId))
    return state.escalations
      .filter(({ id, decision }) => begun.has(id) && settings.severities.includes(decision.severity))
      .map((escalation) => ({ ticketId: state.ticketId, escalation }))
  })
  if (candidates.length === 0) return

  const { accountId, now } = keeping
  await lockIncidents(tx, accountId, now)
  for (const { ticketId, escalation } of candidates) {
    if (await isSettled(tx, ticketId, escalation.id)) continue
    const joining = joiningOf(escalation, await openIncidents(tx), settings, now)
    if (!joining) continue
    if (joining.what === 'join') await join(tx, joining.incidentId, { ticketId, escalation, by: BY_POLICY }, keeping)
    else {
      const { severity } = escalation.decision
      const { component, title } = joining
      const found = { component, title, severity, bridgeUrl: settings.bridgeUrl, openedBy: BY_POLICY }
      const id = await addIncident(tx, accountId, found, now)
      await begin(tx, id, { ticketId, escalation, by: BY_POLICY }, keeping)
    }
  }
}

export type Joined = { ticketId: number; escalation: Escalation; by: string }

/** Puts the first ticket into an incident and has its problem made. */
export async function begin(tx: AccountTransaction, id: string, joined: Joined, keeping: Keeping): Promise<void> {
  const { ticketId, escalation } = joined
  await join(tx, id, joined, keeping)
  const effect = { kind: 'open-problem', id: `${id}.problem`, incidentId: id, escalationId: escalation.id } as const
  await keepAll(tx, [{ ...effect, ticketId, afterAuditId: 0 }], keeping)
}

/** @returns false when the ticket is in an incident already */
export async function join(
  tx: AccountTransaction,
  incidentId: string,
  { ticketId, escalation, by }: Joined,
  keeping: Keeping,
): Promise<boolean> {
  const link = { incidentId, ticketId, escalationId: escalation.id, by }
  if (!(await addTicket(tx, keeping.accountId, link, keeping.now))) return false
  // Whoever makes the problem links what is there by then; locked, so that one of the two sees the other.
  const incident = (await readIncident(tx, incidentId, { lock: true }))!
  await keepLinks(
    tx,
    incident,
    incident.tickets.filter((one) => one.ticketId === ticketId),
    keeping,
  )
  return true
}
