import type { AuditEvent, Ticket } from '../state/model.ts'
import type { World } from '../world.ts'

/** Touches tickets as Zendesk does by itself: exports tell of them again, though nothing on them changed. */
export function touchBySystem(world: World, ids: number[]): void {
  for (const ticket of ticketsOf(world, ids)) ticket.generated_at = Math.max(ticket.generated_at, world.clock.now())
}

/**
 * Takes the content of deleted tickets away, as Zendesk does 30 days after a deletion: what people wrote and who they
 * were is gone, and exports tell of the ticket once more. Tickets that are not deleted stay as they are.
 */
export function scrubTickets(world: World, ids: number[]): void {
  for (const ticket of ticketsOf(world, ids).filter(({ status }) => status === 'deleted')) {
    Object.assign(ticket, {
      ...{ subject: SCRUBBED, description: SCRUBBED, external_id: null, recipient: null },
      ...{ collaborator_ids: [], follower_ids: [], email_cc_ids: [], tags: [], custom_fields: {} },
    })
    world.state.comments[ticket.id] = []
    for (const { events } of world.state.audits[ticket.id] ?? []) {
      for (const event of events) scrubEvent(event)
    }
    touchBySystem(world, [ticket.id])
  }
}

const SCRUBBED = 'SCRUBBED'

function scrubEvent(event: AuditEvent): void {
  const texts = event.field_name === 'subject' ? ['value', 'previous_value'] : ['body', 'html_body', 'plain_body']
  for (const key of texts) if (key in event) event[key] = SCRUBBED
}

function ticketsOf(world: World, ids: number[]): Ticket[] {
  return ids.flatMap((id) => world.state.tickets[id] ?? [])
}
