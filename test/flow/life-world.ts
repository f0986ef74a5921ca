import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { readTicketState } from '../../server/engine/ticket-row.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { policyFile } from '../support/policy-file.ts'
import { startWorld, type TestWorld } from '../support/world.ts'

/** What the life of an escalation needs besides the ready policy with four tiers. */
export const LIFE_POLICY = readPreset('four-tier')
  .replace(
    'sla: { first_response: 1h, resolution_target: 4h }',
    'sla: { first_response: 1h, resolution_target: 4h }\n      monitoring: 24h\n      deescalation: [root_cause, fix_applied, monitoring_complete]',
  )
  .concat(`
  customer:
    cadence: { P0: 1h, P1: 2h, P2: 8h }
  notifications:
    send: []
    roles:
      director: [{ name: Kim Dubois, email: kim@northwind.example }]
`)

/** A whole answer to `resolve`. */
export const RESOLUTION = {
  root_cause: 'The platform cached the old IdP certificate',
  resolution: 'fixed_in_code',
  fix: 'The cache is emptied when metadata changes',
  article: 'not_needed',
  article_reason: 'Nobody can do anything about it outside of engineering',
} as const

type LifeOptions = NonNullable<Parameters<typeof startWorld>[0]> & { policy?: string }

export function startLife({ policy = LIFE_POLICY, ...options }: LifeOptions = {}): Promise<TestWorld> {
  return startWorld({ ...options, config: { ...options.config, policyFile: policyFile(policy) } })
}

export function stateOf({ context }: Pick<TestWorld, 'context'>, ticketId: number): Promise<TicketState> {
  return inAccount(context.db, context.account.id, (tx) => readTicketState(tx, ticketId))
}

export type RecordedEvent = { kind: string; by: string | null; escalationId: string | null; at: number } & Partial<
  Record<string, unknown>
>

/** What was recorded of a ticket, oldest first. */
export async function record({ context }: Pick<TestWorld, 'context'>, ticketId: number): Promise<RecordedEvent[]> {
  const rows = await inAccount(context.db, context.account.id, (tx) =>
    tx.selectFrom('event').selectAll().where('ticket_id', '=', ticketId).orderBy('id').execute(),
  )
  return rows.map(({ kind, by_name, escalation_id, at, data }) => ({
    ...(data as Partial<EscalationEvent>),
    ...{ kind, by: by_name, escalationId: escalation_id, at },
  }))
}

/** `accepted by Elif Aydin`: who did what, without the changes of deadlines that follow from it. */
export async function told(world: TestWorld, ticketId: number): Promise<string[]> {
  const events = await record(world, ticketId)
  return events
    .filter(({ kind }) => kind !== 'deadline-moved')
    .map(({ kind, by }) => (by === null ? kind : `${kind} by ${by.split(' ')[0]}`))
}

/** How the ticket stands in Zendesk. */
export function standing({ zendesk, ticket, groupOf }: TestWorld, ticketId: number) {
  const { assignee_id, status, tags } = ticket(ticketId)
  const option = (kind: string) =>
    tags.filter((tag) => tag.startsWith(`baton_${kind}_`)).map((tag) => tag.slice(7 + kind.length))
  return {
    group: groupOf(ticketId),
    assignee: assignee_id === null ? null : zendesk.world.state.users[assignee_id]!.name,
    status,
    stage: option('stage'),
    queue: option('queue'),
  }
}

/** What Baton itself wrote into the ticket. */
export function ours({ zendesk }: TestWorld, ticketId: number) {
  const { state } = zendesk.world
  const baton = Object.values(state.users).find(({ name }) => name === 'Baton')!
  return state.comments[ticketId]!.filter(({ author_id }) => author_id === baton.id)
}
