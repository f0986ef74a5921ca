import { addProblem } from '../http/refused.ts'
import type { Ticket, Via } from '../state/model.ts'
import type { World } from '../world.ts'
import type { Draft } from './apply.ts'
import type { TicketChanges } from './changes.ts'
import { setTags } from './tags.ts'
import type { Writer } from './write.ts'

/** A ticket before the request's values: the caller's, new, on the default form and brand. */
export function blankTicket(world: World, writer: Writer, changes: TicketChanges): Ticket {
  const { state } = world
  const now = world.clock.now()
  const submitter = state.users[Number(changes.submitter_id)] ?? writer.user
  return {
    id: 0,
    external_id: null,
    via: readCreateVia(changes, writer),
    created_at: now,
    updated_at: now,
    generated_at: now,
    type: null,
    subject: '',
    description: '',
    priority: null,
    status: 'new',
    recipient: null,
    requester_id: writer.user.id,
    submitter_id: submitter.id,
    assignee_id: null,
    organization_id: writer.user.organization_id,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    problem_id: null,
    is_public: true,
    due_at: null,
    tags: [],
    custom_fields: {},
    followup_ids: [],
    followup_source_id: null,
    ticket_form_id: Object.values(state.ticket_forms).find((form) => form.default)?.id ?? 0,
    brand_id: Object.values(state.brands).find((brand) => brand.default)?.id ?? 0,
    archived: false,
    custom_status_id: null,
  }
}

/** The channel a new ticket says it came by, else the writer's own. */
export function readCreateVia(changes: TicketChanges, writer: Writer): Via {
  const given = changes.via
  const channel = given && typeof given.channel === 'string' ? given.channel : writer.channel
  const source = given && 'source' in given && given.source ? given.source : { from: {}, to: {}, rel: null }
  return { channel, source: structuredClone(source) }
}

/** Links a follow-up with the closed ticket it follows, and takes its requester, tags and organisation by default. */
export function startFollowUp({ world, ticket, named, problems }: Draft, changes: TicketChanges): void {
  if (changes.via_followup_source_id === undefined) {
    const organization = ticket.organization_id === null ? null : world.state.organizations[ticket.organization_id]
    if (organization?.group_id && !named.has('group_id')) ticket.group_id = organization.group_id
    return
  }
  const source = world.state.tickets[Number(changes.via_followup_source_id)]
  if (source?.status !== 'closed') {
    addProblem(problems, 'via_followup_source_id', 'Via followup source: must be a closed ticket')
    return
  }
  if (!named.has('requester_id') && !named.has('requester')) ticket.requester_id = source.requester_id
  if (!named.has('organization_id')) ticket.organization_id = source.organization_id
  if (!named.has('subject')) ticket.subject = `Re: ${source.subject}`
  if (!named.has('tags')) setTags(world.state, ticket, [...ticket.tags, ...source.tags])
  ticket.followup_source_id = source.id
  ticket.via = {
    channel: ticket.via.channel,
    source: { from: { ticket_id: source.id, subject: source.subject }, to: {}, rel: 'follow_up' },
  }
}
