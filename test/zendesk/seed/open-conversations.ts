import { HOUR_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import type { User } from '../state/model.ts'
import type { TicketChanges } from '../tickets/changes.ts'
import { createTicket, updateTicket } from '../tickets/create.ts'
import type { World } from '../world.ts'
import { CONVERSATIONS, type Conversation } from './conversations.ts'
import { ORGANIZATIONS } from './people.ts'

/** How long after one line of a conversation the next was written. */
const REPLY_MS = 20 * MINUTE_MS

/** One thing somebody wrote or did, to be done when the world's clock shows `at`. */
export type Line = { at: Instant; write(): void }

/** All conversations in the order they were written, the last of them at `until`. */
export function conversationLines(world: World, until: Instant): Line[] {
  const lines = CONVERSATIONS.flatMap((conversation) => linesOf(world, conversation, until))
  return lines.sort((a, b) => a.at - b.at)
}

/** Plays all conversations, moving the world's clock to `until`. */
export async function openConversations(world: World, until: Instant): Promise<void> {
  for (const line of conversationLines(world, until)) {
    await world.clock.advance(Math.max(0, line.at - world.clock.now()))
    line.write()
  }
  await world.clock.advance(Math.max(0, until - world.clock.now()))
}

function linesOf(world: World, conversation: Conversation, until: Instant): Line[] {
  const opened = until - conversation.age * HOUR_MS
  const customer = customerOf(world, conversation)
  const agent = conversation.agent ? personNamed(world, conversation.agent) : null
  let ticketId = 0

  const [first, ...rest] = conversation.said
  const begin = () => {
    ticketId = open(world, conversation, customer, first!)
  }
  const lines: Line[] = [{ at: opened, write: begin }]
  const later = (write: () => void) => lines.push({ at: Math.min(opened + lines.length * REPLY_MS, until), write })

  if (agent) {
    const group_id = groupNamed(world, conversation.group)
    later(() => updateTicket(world, agent, ticketId, { assignee_id: agent.id, group_id }))
  }
  rest.forEach((body, index) => {
    const author = index % 2 === 0 ? (agent ?? customer) : customer
    later(() => updateTicket(world, author, ticketId, { comment: { body, public: true } }))
  })
  const { note, status } = conversation
  if (note && agent) later(() => updateTicket(world, agent, ticketId, { comment: { body: note, public: false } }))
  if (agent && status !== 'open' && status !== 'new') later(() => updateTicket(world, agent, ticketId, { status }))
  return lines
}

function open(
  world: World,
  { subject, priority, type, tags, group }: Conversation,
  customer: User,
  body: string,
): number {
  const changes: TicketChanges = {
    subject,
    priority: priority ?? null,
    type: type ?? null,
    tags: tags ?? [],
    group_id: groupNamed(world, group),
    requester_id: customer.id,
    comment: { body, public: true },
  }
  return createTicket(world, changes, customer).ticket.id
}

function customerOf(world: World, { from: [organization, contact] }: Conversation): User {
  return personNamed(world, ORGANIZATIONS[organization]!.contacts[contact]![0])
}

function personNamed(world: World, name: string): User {
  const person = Object.values(world.state.users).find((user) => user.name === name || user.name.startsWith(`${name} `))
  if (!person) throw new Error(`Nobody is called ${name}`)
  return person
}

function groupNamed(world: World, name: string): number {
  const group = Object.values(world.state.groups).find((one) => one.name === name)
  if (!group) throw new Error(`No group is called ${name}`)
  return group.id
}
