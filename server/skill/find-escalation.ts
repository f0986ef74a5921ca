import { type Escalation, openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { Refusal } from '../http/refusal.ts'

/** An escalation with its ticket as far as Baton knows it. */
export type Found = { state: TicketState; escalation: Escalation }

/** @throws {Refusal} 404 `escalation-not-found` */
export async function findEscalation(tx: AccountTransaction, id: string): Promise<Found> {
  const row = await tx.selectFrom('escalation').select('ticket_id').where('id', '=', id).executeTakeFirst()
  const state = row && (await readTicketState(tx, row.ticket_id))
  const escalation = state?.escalations.find((one) => one.id === id)
  if (!state || !escalation) throw new Refusal(404, 'escalation-not-found', `There is no escalation ${id}.`)
  return { state, escalation }
}

/** The open escalation of a ticket, or the last one. @throws {Refusal} 404 `escalation-not-found` */
export async function findOfTicket(tx: AccountTransaction, ticketId: number): Promise<Found> {
  const state = await readTicketState(tx, ticketId)
  const escalation = openEscalation(state) ?? state.escalations.at(-1)
  if (escalation) return { state, escalation }
  throw new Refusal(404, 'escalation-not-found', `Ticket ${ticketId} was never escalated.`)
}
