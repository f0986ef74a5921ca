import { notFound } from '../http/refused.ts'
import { isEndUser } from '../people/roles.ts'
import type { User } from '../state/model.ts'
import type { Caller, World } from '../world.ts'
import type { TicketChanges } from './changes.ts'
import { presentAudit } from './present-history.ts'
import { presentTicket } from './present-ticket.ts'
import { type Writer, writeNewTicket, writeTicket } from './write.ts'

export type TicketAnswer = {
  ticket: ReturnType<typeof presentTicket>
  audit: ReturnType<typeof presentAudit>
}

/**
 * Makes a ticket as the route would, without HTTP. Its first comment is `comment`, or `description`, or the subject.
 *
 * @param caller left out, the requester writes it: the first user that `requester_id` or the account's people offer
 * @throws {Refused} what the route would answer
 */
export function createTicket(world: World, changes: TicketChanges = {}, caller?: Caller | User): TicketAnswer {
  const user = caller ? userOf(caller) : defaultWriter(world, changes)
  const comment = changes.comment ?? { body: changes.description ?? changes.subject ?? 'A new ticket' }
  const writer: Writer = { user, channel: channelOf(caller ?? user) }
  const { ticket, audit } = writeNewTicket(world, writer, { ...changes, comment })
  return { ticket: presentTicket(world, ticket, { isFresh: true }), audit: presentAudit(audit) }
}

/** Changes a ticket as the route would, without HTTP. @throws {Refused} what the route would answer */
export function updateTicket(world: World, caller: Caller | User, id: number, changes: TicketChanges): TicketAnswer {
  const before = world.state.tickets[id]
  if (!before || before.status === 'deleted') throw notFound()
  const writer: Writer = { user: userOf(caller), channel: channelOf(caller) }
  const { ticket, audit } = writeTicket(world, writer, before, changes)
  return { ticket: presentTicket(world, ticket), audit: presentAudit(audit) }
}

/** A session in the agent page writes by `web`, an end user by `email`, everything else by `api`. */
export function channelOf(caller: Caller | User): string {
  if ('kind' in caller) return caller.kind === 'session' ? 'web' : 'api'
  return isEndUser(caller) ? 'email' : 'web'
}

function userOf(caller: Caller | User): User {
  return 'user' in caller ? caller.user : caller
}

function defaultWriter(world: World, changes: TicketChanges): User {
  const { users } = world.state
  const named = users[Number(changes.submitter_id ?? changes.requester_id)]
  const people = Object.values(users).filter((user) => user.active)
  const user = named ?? people.find(isEndUser) ?? people[0]
  if (!user) throw new Error('The account has no people: add a user before a ticket')
  return user
}
