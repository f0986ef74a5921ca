import type { Request } from 'express'
import { presentBrand, presentCustomStatus, presentForm } from '../fields/present.ts'
import { readNames } from '../http/parameters.ts'
import { isoOrNull } from '../http/times.ts'
import { presentGroup, presentOrganization, presentUser } from '../people/present.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
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
    // No SLA policies in this account: nothing is measured.
    ...(include.has('slas') ? { slas: { policy_metrics: [] } } : {}),
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

/** Source: the `dates` side-load, read off the ticket's own audits. */
function datesOf(world: World, ticket: Ticket) {
  const audits = world.state.audits[ticket.id] ?? []
  const timesOf = (field: string, value?: string) =>
    audits
      .filter((audit) =>
        audit.events.some(
          (event) => event.field_name === field && event.value !== null && (!value || event.value === value),
        ),
      )
      .map((audit) => audit.created_at)
  const assigned = timesOf('assignee_id')
  const byRequester = audits.filter((audit) => audit.author_id === ticket.requester_id)
  const byAssignee = audits.filter((audit) => audit.author_id === ticket.assignee_id)
  return {
    assignee_updated_at: isoOrNull(byAssignee.at(-1)?.created_at),
    requester_updated_at: isoOrNull(byRequester.at(-1)?.created_at),
    status_updated_at: isoOrNull(timesOf('status').at(-1)),
    initially_assigned_at: isoOrNull(assigned[0]),
    assigned_at: isoOrNull(assigned.at(-1)),
    solved_at: isoOrNull(timesOf('status', 'solved').at(-1)),
    latest_comment_added_at: isoOrNull(world.state.comments[ticket.id]?.at(-1)?.created_at),
  }
}
