import type { Request } from 'express'
import { presentBrand, presentCustomStatus, presentForm } from '../fields/present.ts'
import { readNames } from '../http/parameters.ts'
import { metricEventsByMetric, slaStatusOf } from '../metric-events/present.ts'
import { presentGroup, presentOrganization, presentUser } from '../people/present.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { datesOf } from './dates.ts'
import { ticketMetricOf } from './metrics.ts'
import { presentAudit } from './present-history.ts'
import { incidentsOf, presentTicket, type TicketShape } from './present-ticket.ts'
import { customStatusId } from './statuses.ts'

/** A ticket with what `include` embeds in it: counts, dates, SLA. */
export function presentWithEmbeds(world: World, req: Request, ticket: Ticket, shape: TicketShape = {}) {
  const include = readNames(req.query.include)
  const comments = world.state.comments[ticket.id] ?? []
  return {
    ...presentTicket(world, ticket, {
      isReduced: req.query.reduced_payload_size === 'true',
      isSingle: req.query.remove_duplicate_fields === 'true',
      ...shape,
    }),
    ...(include.has('comment_count') ? { comment_count: comments.length } : {}),
    ...(include.has('incident_counts') ? { incident_count: incidentsOf(world, ticket).length } : {}),
    ...(include.has('dates') ? { dates: datesOf(world, ticket) } : {}),
    ...(include.has('metric_sets') ? { metric_set: ticketMetricOf(world, ticket) } : {}),
    ...(include.has('slas') ? { slas: slaStatusOf(world.state, ticket, world.clock.now()) } : {}),
    ...(include.has('metric_events') ? { metric_events: metricEventsByMetric(world.state, ticket) } : {}),
  }
}

/** What `include` puts beside the tickets. Unknown names are ignored. */
export function sideload(world: World, req: Request, tickets: Ticket[]): Record<string, unknown> {
  const { state } = world
  const include = readNames(req.query.include)
  const beside: Record<string, unknown> = {}
  if (include.has('users')) {
    const ids = tickets.flatMap((one) => [one.requester_id, one.submitter_id, one.assignee_id, ...one.collaborator_ids])
    beside.users = pick(state.users, ids).map((user) => presentUser(world, user))
  }
  if (include.has('groups')) {
    const groups = pick(
      state.groups,
      tickets.map((one) => one.group_id),
    )
    beside.groups = groups.map((group) => presentGroup(world, group))
  }
  if (include.has('organizations')) {
    const organizations = pick(
      state.organizations,
      tickets.map((one) => one.organization_id),
    )
    beside.organizations = organizations.map((one) => presentOrganization(world, one))
  }
  if (include.has('ticket_forms')) {
    const forms = pick(
      state.ticket_forms,
      tickets.map((one) => one.ticket_form_id),
    )
    beside.ticket_forms = forms.map((form) => presentForm(world, form))
  }
  if (include.has('brands')) {
    const brands = pick(
      state.brands,
      tickets.map((one) => one.brand_id),
    )
    beside.brands = brands.map((brand) => presentBrand(world, brand))
  }
  if (include.has('custom_statuses')) {
    const ids = tickets.map((one) => customStatusId(state, one))
    beside.custom_statuses = pick(state.custom_statuses, ids).map((one) => presentCustomStatus(world, one))
  }
  if (include.has('last_audits')) {
    beside.last_audits = tickets.flatMap((one) => {
      const last = state.audits[one.id]?.at(-1)
      return last ? [presentAudit(last)] : []
    })
  }
  return beside
}

/** Records by id, each once, in the order they are named. */
export function pick<Row>(records: Record<number, Row>, ids: (number | null)[]): Row[] {
  return [...new Set(ids)].flatMap((id) => (id === null ? [] : (records[id] ?? [])))
}
