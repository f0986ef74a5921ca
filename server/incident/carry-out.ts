import { z } from 'zod'
import type { IncidentEffect, LinkIncident, OpenProblem, SolveProblem } from '../../core/incident/effects.ts'
import { problemComment } from '../../core/incident/incident.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Clock } from '../../core/units.ts'
import { TICKET_CLOSED } from '../act/outcome.ts'
import { Refused } from '../act/refused.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { keepLinks } from './keep-effects.ts'
import { readIncident } from './store.ts'

export type IncidentDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  zendesk: ZendeskClient
  /** In force. */
  policy: Policy
}

const TicketShape = z.object({
  id: z.int(),
  type: z.string().nullish(),
  status: z.string(),
  problem_id: z.int().nullish(),
  updated_at: z.string(),
})
const One = z.object({ ticket: TicketShape })
const Many = z.object({ tickets: z.array(TicketShape) })
const Nothing = z.unknown()

/** Carries out one effect of an incident. Safe to run twice: what is so already is not done again. */
export async function carryOutIncident(effect: IncidentEffect, accountId: number, deps: IncidentDeps): Promise<void> {
  switch (effect.kind) {
    case 'open-problem':
      return openProblem(effect, accountId, deps)
    case 'solve-problem':
      return solveProblem(effect, deps)
    default:
      return link(effect, accountId, deps)
  }
}

async function openProblem(
  { incidentId, ticketId }: OpenProblem,
  accountId: number,
  deps: IncidentDeps,
): Promise<void> {
  const { db, clock, jobs, zendesk, policy } = deps
  const incident = await inAccount(db, accountId, (tx) => readIncident(tx, incidentId))
  if (!incident || incident.problemTicketId !== null) return
  const group = await problemGroup(ticketId, zendesk, policy)
  // A problem that was made before the server could note it is found by this.
  const external_id = `baton:${incidentId}`
  const { tickets } = await zendesk.get(`/api/v2/tickets.json?external_id=${encodeURIComponent(external_id)}`, Many)
  const known = tickets.find(({ type }) => type === 'problem')
  const problem =
    known ??
    (
      await zendesk.post(
        '/api/v2/tickets.json',
        {
          ticket: {
            ...{ type: 'problem', external_id, subject: `${incidentId}: ${incident.title}`, priority: 'urgent' },
            comment: { body: problemComment(incident), public: false },
            ...(group === null ? {} : { group_id: group }),
            metadata: { baton_effect: { id: `${incidentId}.problem`, escalation: null } },
          },
        },
        One,
      )
    ).ticket
  await inAccount(db, accountId, async (tx) => {
    const locked = (await readIncident(tx, incidentId, { lock: true }))!
    await tx.updateTable('incident').set({ problem_ticket_id: problem.id }).where('id', '=', incidentId).execute()
    const withProblem = { ...locked, problemTicketId: problem.id }
    await keepLinks(tx, withProblem, locked.tickets, { accountId, now: clock.now(), jobs })
  })
}

/** The one the policy names, else that of the ticket it began with. */
async function problemGroup(
  ticketId: number,
  zendesk: ZendeskClient,
  { majorIncident }: Policy,
): Promise<number | null> {
  const name = majorIncident?.problemGroup ?? null
  if (name === null) return (await zendesk.getTicket(ticketId)).ticket.groupId
  const group = await zendesk.findGroup(name)
  if (group) return group.id
  throw new Refused(
    'group-missing',
    `Zendesk has no group named “${name}”. Create it, or correct major_incident.problem_group.`,
  )
}

/** Makes the ticket an incident of the problem. A type and a problem that somebody else gave it stay. */
async function link(effect: LinkIncident, accountId: number, { db, zendesk }: IncidentDeps): Promise<void> {
  const { incidentId, ticketId, escalationId, comment } = effect
  const incident = await inAccount(db, accountId, (tx) => readIncident(tx, incidentId))
  const problem = incident?.problemTicketId ?? null
  const isIn = incident?.tickets.some((one) => one.ticketId === ticketId) ?? false
  const isLinking = effect.kind === 'link-incident'
  if (problem === null || isIn !== isLinking) throw new Refused('overtaken', 'It was decided otherwise meanwhile.')

  const path = `/api/v2/tickets/${ticketId}.json`
  const { ticket } = await zendesk.get(path, One)
  const isLinked = ticket.problem_id === problem
  if (isLinked === isLinking) return
  if (ticket.status === 'closed') throw new Refused('ticket-closed', TICKET_CLOSED)
  if (!isLinking) return void (await put({ problem_id: null }))
  if (ticket.type === 'problem') throw new Refused('is-problem', 'The ticket is a problem itself and stays one.')
  if (typeof ticket.problem_id === 'number') {
    throw new Refused('other-problem', `The ticket is an incident of problem #${ticket.problem_id} already.`)
  }
  await put({ type: 'incident', problem_id: problem })

  async function put(changes: object): Promise<void> {
    const change = {
      ...changes,
      comment: { body: comment, public: false },
      metadata: { baton_effect: { id: effect.id, escalation: escalationId } },
      ...{ safe_update: true, updated_stamp: ticket.updated_at },
    }
    await zendesk.put(path, { ticket: change }, Nothing)
  }
}

async function solveProblem({ id, ticketId, comment }: SolveProblem, { zendesk }: IncidentDeps): Promise<void> {
  const path = `/api/v2/tickets/${ticketId}.json`
  const { ticket } = await zendesk.get(path, One)
  if (ticket.status === 'solved' || ticket.status === 'closed') return
  const { tickets } = await zendesk.get(`/api/v2/tickets/${ticketId}/incidents.json`, Many)
  const open = tickets.filter(({ status }) => status !== 'solved' && status !== 'closed')
  if (open.length > 0) {
    const numbers = open.map((one) => `#${one.id}`).join(', ')
    throw new Refused('incidents-open', `Solving the problem would solve ${numbers} with it; they are still worked on.`)
  }
  const change = {
    ...{ status: 'solved', comment: { body: comment, public: false } },
    metadata: { baton_effect: { id, escalation: null } },
    ...{ safe_update: true, updated_stamp: ticket.updated_at },
  }
  await zendesk.put(path, { ticket: change }, Nothing)
}
