import type { Request } from 'express'
import { readNames } from '../http/parameters.ts'
import { presentOrganization, presentUser } from '../people/present.ts'
import type { Ticket } from '../state/model.ts'
import { presentWithEmbeds, sideload } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { createEventTimeline } from './event-timeline.ts'
import { presentTicketEvent } from './present-event.ts'
import { createResource } from './resource.ts'
import { createTimeline } from './timeline.ts'

export type Resources = ReturnType<typeof createResources>

export function createResources(world: World) {
  return {
    tickets: ticketResource(world),
    ticket_events: ticketEventResource(world),
    users: userResource(world),
    organizations: organizationResource(world),
  }
}

/** In the order they were generated: deleted, merged and archived ones too, and again whenever anything touched one. */
function ticketResource(world: World) {
  let problemIds = new Set<number>()
  const tickets = () => Object.values(world.state.tickets)
  const timeline = createTimeline(
    tickets,
    ({ generated_at }) => generated_at,
    (rows) => {
      problemIds = problemsWithIncidents(rows)
    },
  )
  return createResource(world, 'tickets', {
    timeline,
    wanted: (req) => (ticket) =>
      isOfAgents(req) && (req.query.exclude_deleted !== 'true' || ticket.status !== 'deleted'),
    present: (req, rows) => {
      const { last_audits: _, ...beside } = sideload(world, req, rows)
      return { tickets: rows.map((ticket) => presentWithEmbeds(world, req, ticket, { problemIds })), ...beside }
    },
  })
}

/** Every update of every ticket, also of those that were deleted since. */
function ticketEventResource(world: World) {
  return createResource(world, 'ticket_events', {
    timeline: createEventTimeline(world.state),
    wanted: (req) => () => isOfAgents(req),
    present: (req, rows) => {
      const withComments = readNames(req.query.include).has('comment_events')
      return { ticket_events: rows.map((audit) => presentTicketEvent(audit, withComments)) }
    },
  })
}

function userResource(world: World) {
  const users = () => Object.values(world.state.users)
  return createResource(world, 'users', {
    timeline: createTimeline(users, ({ updated_at }) => updated_at),
    present: (_req, rows) => ({ users: rows.map((user) => presentUser(world, user)) }),
  })
}

/** Deleted ones too, with the time they went. */
function organizationResource(world: World) {
  const organizations = () => [
    ...Object.values(world.state.organizations),
    ...Object.values(world.state.deleted_organizations ?? {}),
  ]
  return createResource(world, 'organizations', {
    timeline: createTimeline(organizations, ({ updated_at }) => updated_at),
    present: (_req, rows) => ({ organizations: rows.map((one) => presentOrganization(world, one)) }),
  })
}

/** No ticket here was handled by an AI agent. */
function isOfAgents({ query }: Request): boolean {
  return query.support_type_scope !== 'ai_agent'
}

function problemsWithIncidents(tickets: readonly Ticket[]): Set<number> {
  const incidents = tickets.filter(({ problem_id, status }) => problem_id !== null && status !== 'deleted')
  return new Set(incidents.map(({ problem_id }) => problem_id!))
}
