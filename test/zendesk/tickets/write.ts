import { addProblem, notAllowed, Refused, refuseIfAny } from '../http/refused.ts'
import { isoOrNull } from '../http/times.ts'
import { isEndUser, isLightAgent } from '../people/roles.ts'
import { runTriggers } from '../rules/run.ts'
import { applySlaPolicies } from '../slas/apply.ts'
import type { Audit, Ticket, User, Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { applyChanges, type Draft } from './apply.ts'
import { changeEvents, createEvents } from './audit-events.ts'
import type { TicketChanges } from './changes.ts'
import { keepComment, readAuthor, readComment } from './comment.ts'
import { copyOf } from './copy.ts'
import { applyNativeRules } from './native-rules.ts'
import { blankTicket, readCreateVia, startFollowUp } from './new-ticket.ts'
import { changeByRule } from './rule-change.ts'

/** Who writes, from where. */
export type Writer = { user: User; channel: string; system?: Record<string, unknown> }

export type Written = { ticket: Ticket; audit: Audit }

/** Columns a light agent's write may not name. */
const LIGHT_AGENT_KEYS = new Set(['comment', 'metadata', 'safe_update', 'updated_stamp', 'additional_collaborators'])

/**
 * Makes a ticket with its first comment and runs the triggers.
 *
 * @throws {Refused} and then nothing was kept
 */
export function writeNewTicket(world: World, writer: Writer, changes: TicketChanges): Written {
  const draft = startDraft(world, writer.user, blankTicket(world, writer, changes), null)
  return write(draft, writer, changes, readCreateVia(changes, writer))
}

/**
 * Changes a ticket and runs the triggers; the caller has checked that the writer may.
 *
 * @throws {Refused} and then nothing was kept
 */
export function writeTicket(world: World, writer: Writer, before: Ticket, changes: TicketChanges): Written {
  refuseStale(before, changes)
  if (before.status === 'closed') {
    const problem = { description: 'Status: closed prevents ticket update', error: 'ClosedTicket' }
    refuseIfAny({ status: [problem] })
  }
  if (isLightAgent(writer.user) && Object.keys(changes).some((key) => !LIGHT_AGENT_KEYS.has(key))) throw notAllowed()
  const draft = startDraft(world, writer.user, copyOf(before), before)
  return write(draft, writer, changes, viaOf(writer.channel))
}

export function viaOf(channel: string): Via {
  return { channel, source: { from: {}, to: {}, rel: null } }
}

function startDraft(world: World, actor: User, ticket: Ticket, before: Ticket | null): Draft {
  return { world, ticket, before, actor, named: new Set(), problems: {}, undo: [] }
}

function write(draft: Draft, writer: Writer, changes: TicketChanges, via: Via): Written {
  try {
    return commit(draft, writer, changes, via)
  } catch (error) {
    if (error instanceof Refused) for (const undo of draft.undo) undo()
    throw error
  }
}

function commit(draft: Draft, writer: Writer, changes: TicketChanges, via: Via): Written {
  const { world, ticket, before, problems } = draft
  const { state, clock } = world
  applyChanges(draft, changes)
  if (!before) startFollowUp(draft, changes)
  const author = readAuthor(world, changes, before ? writer.user : (state.users[ticket.submitter_id] ?? writer.user))
  if (!author) addProblem(problems, 'comment', 'Comment: author is invalid')
  const comment = author ? readComment(draft, changes, author) : null
  if (!before && !comment)
    addProblem(problems, 'base', { description: 'Description: cannot be blank', error: 'BlankValue' })
  const actor = comment?.author ?? writer.user
  const isEndUserComment = comment !== null && isEndUser(comment.author)
  applyNativeRules({ ...draft, actor }, { isEndUserComment })
  refuseIfAny(problems)

  const now = clock.now()
  if (!before) ticket.id = world.nextId('ticket')
  if (comment) {
    if (!before) {
      ticket.description = comment.body
      ticket.is_public = comment.public
    } else if (comment.public) ticket.is_public = true
  }
  const audit: Audit = {
    id: world.nextId('audit'),
    ticket_id: ticket.id,
    created_at: now,
    author_id: actor.id,
    metadata: { system: writer.system ?? {}, custom: readMetadata(changes.metadata) },
    via,
    events: [],
  }
  const kept = comment ? keepComment(world, audit, comment) : null
  if (kept) audit.events.push(kept.event)
  audit.events.push(...(before ? changeEvents(world, before, ticket) : createEvents(world, ticket)))

  state.tickets[ticket.id] = ticket
  if (!before && ticket.followup_source_id !== null) {
    state.tickets[ticket.followup_source_id]!.followup_ids.push(ticket.id)
  }
  state.audits[ticket.id] ??= []
  state.comments[ticket.id] ??= []
  state.audits[ticket.id]!.push(audit)
  const update: UpdateInProgress = {
    ...{ ticket, before, audit, actor, comment: kept?.kept ?? null, isCreate: before === null },
    change: (field, value, ruleVia) => changeByRule(world, update, field, value, ruleVia),
  }
  // A save that changes nothing leaves the ticket's times alone; triggers see them as they will be.
  const touches = audit.events.length > 0 || Object.keys(audit.metadata.custom).length > 0
  if (touches) touch(ticket, now)
  runTriggers(world, update)
  applySlaPolicies(world, update)
  if (audit.events.length > 0 || touches) touch(ticket, now)
  else state.audits[ticket.id]!.pop()
  return { ticket, audit }
}

/** A saved change: the ticket's times, which exports go by. */
export function touch(ticket: Ticket, now: number): void {
  ticket.updated_at = Math.max(ticket.updated_at, now)
  ticket.generated_at = ticket.updated_at
}

/**
 * `safe_update`, even when it is false, refuses a write whose stamp is older than the ticket. Stamps are instants and
 * have Zendesk's resolution: whoever writes in the same second is not noticed.
 */
function refuseStale(ticket: Ticket, changes: TicketChanges): void {
  if (changes.safe_update === undefined || changes.updated_stamp === undefined) return
  const stamp = Date.parse(String(changes.updated_stamp))
  if (stamp >= Date.parse(isoOrNull(ticket.updated_at)!)) return
  const description =
    'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.'
  throw new Refused({ status: 409, body: { error: 'UpdateConflict', description } })
}

function readMetadata(given: unknown): Record<string, unknown> {
  return given !== null && typeof given === 'object' && !Array.isArray(given)
    ? structuredClone(given as Record<string, unknown>)
    : {}
}
