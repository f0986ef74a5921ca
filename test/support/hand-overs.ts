import type { Kysely } from 'kysely'
import { ulid } from 'ulid'
import { EffectMarker, Envelope } from '../../core/contract/command.ts'
import type { Note } from '../../core/note/note.ts'
import type { Tables } from '../../server/db/schema.ts'
import type { LocalZendesk } from '../zendesk/server.ts'
import { createTicket } from '../zendesk/tickets/create.ts'
import { type Agent, agentOf } from './agent.ts'
import { aNote } from './notes.ts'

/** One of many tickets that somebody is to escalate, and where it must end up. */
export type HandOver = {
  ticketId: number
  commandId: string
  agent: Agent
  note: Note
  group: string
  /** Its own, and those that come with the escalation. */
  tags: string[]
}

/** What the record holds of tickets, oldest first. */
export type Recorded = {
  events: { ticket_id: number; kind: string }[]
  escalations: { ticket_id: number; command_id: string }[]
}

export async function readRecorded(db: Kysely<Tables>): Promise<Recorded> {
  return {
    events: await db.selectFrom('event').select(['ticket_id', 'kind']).orderBy('id').execute(),
    escalations: await db.selectFrom('escalation').select(['ticket_id', 'command_id']).execute(),
  }
}

const KINDS = [
  { note: aNote(), group: 'Identity specialists', tags: ['baton_tier_2', 'baton_queue_identity', 'identity'] },
  {
    note: aNote({
      issue: { summary: 'Every export comes as an empty CSV file', symptoms: ['The report has rows, its export none'] },
      steps_taken: ['Ran the export again', 'Consulted runbook EXP-001, no matching resolution'],
      escalation_reason: 'Requires a look at the export worker',
      suggested_next_step: 'Check the export queue',
    }),
    group: 'Data specialists',
    tags: ['baton_tier_2', 'baton_queue_data', 'data'],
  },
]
const AGENTS = ['Ana', 'Ben', 'Chiara', 'Dev']

/** Tickets of several agents, for two queues in turn. */
export function prepareHandOvers(zendesk: LocalZendesk, count: number): HandOver[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length]!
    const agent = agentOf(zendesk, AGENTS[index % AGENTS.length]!)
    const tags = [`case_${index}`, 'vip']
    const changes = { subject: kind.note.issue.summary, tags, assignee_id: agent.user.id }
    const { ticket } = createTicket(zendesk.world, changes, agent.user)
    return { ...kind, agent, ticketId: ticket.id, commandId: ulid(), tags: [...tags, ...kind.tags, 'baton'] }
  })
}

/** Answers `sent`, or why it was not. */
export async function sendHandOver({ agent, ticketId, note, commandId }: HandOver): Promise<string> {
  const sent = await agent.send(ticketId, note, { commandId }).catch((error: unknown) => String(error))
  if (typeof sent === 'string') return sent
  return sent.kind === 'sent' ? 'sent' : `${sent.failure} ${sent.detail}`
}

/**
 * A sentence for each thing about a ticket that is not as after one escalation, carried out once.
 *
 * @param others whose comments do not count
 */
export function findWrong(
  handOver: HandOver,
  { world }: LocalZendesk,
  recorded: Recorded,
  others: Agent[] = [],
): string[] {
  const { ticketId, commandId, agent, group, tags } = handOver
  const ticket = world.state.tickets[ticketId]!
  const audits = world.state.audits[ticketId]!.map(({ author_id, metadata: { custom } }) => ({ author_id, custom }))
  const ours = audits.filter(({ custom }) => EffectMarker.safeParse(custom.baton_effect).success)
  const commands = audits.map(({ custom }) => Envelope.safeParse(custom.baton).data?.id)
  const authors = world.state.comments[ticketId]!.map((comment) => comment.author_id)
  const found: Record<string, unknown> = {
    escalations: recorded.escalations.filter((row) => row.ticket_id === ticketId).map((row) => row.command_id),
    events: recorded.events.filter((row) => row.ticket_id === ticketId).map((row) => row.kind),
    commands: commands.filter((id) => id !== undefined),
    'updates of ours': ours.length,
    // The first comment is the ticket's description.
    'authors of comments': authors.slice(1).filter((id) => !others.some(({ user }) => user.id === id)),
    group: world.state.groups[ticket.group_id ?? -1]?.name,
    assignee: ticket.assignee_id,
    'missing tags': tags.filter((tag) => !ticket.tags.includes(tag)),
  }
  const wanted: typeof found = {
    escalations: [commandId],
    events: ['requested', 'routed'],
    commands: [commandId],
    'updates of ours': 1,
    'authors of comments': [agent.user.id, ours[0]?.author_id],
    group,
    assignee: null,
    'missing tags': [],
  }
  return Object.keys(wanted)
    .map((what) => [what, JSON.stringify(found[what]), JSON.stringify(wanted[what])])
    .filter(([, is, must]) => is !== must)
    .map(([what, is, must]) => `ticket ${ticketId}: ${what} ${is}, not ${must}`)
}
