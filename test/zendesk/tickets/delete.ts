import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { viaOf, type Writer } from './write.ts'

/** Takes the ticket away softly: it answers 404 from now on, and can be restored. Closed ones may go, too. */
export function deleteTicket(world: World, writer: Writer, ticket: Ticket): void {
  ticket.status_before_deletion = ticket.status
  changeStatus(world, writer, ticket, 'deleted')
}

export function restoreTicket(world: World, writer: Writer, ticket: Ticket): void {
  changeStatus(world, writer, ticket, ticket.status_before_deletion ?? 'open')
  delete ticket.status_before_deletion
}

/** Leaves `Change status` in the audits, as Zendesk does. */
function changeStatus(world: World, writer: Writer, ticket: Ticket, status: Ticket['status']): void {
  const now = world.clock.now()
  const id = world.nextId('audit')
  world.state.audits[ticket.id] ??= []
  world.state.audits[ticket.id]!.push({
    ...{ id, ticket_id: ticket.id, created_at: now, author_id: writer.user.id },
    metadata: { system: writer.system ?? {}, custom: {} },
    via: viaOf(writer.channel),
    events: [
      {
        ...{ id: world.nextId('audit'), type: 'Change', field_name: 'status' },
        ...{ value: status, previous_value: ticket.status },
      },
    ],
  })
  ticket.status = status
  ticket.updated_at = Math.max(now, ticket.updated_at)
  ticket.generated_at = ticket.updated_at
}
