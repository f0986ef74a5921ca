import { SignJWT } from 'jose'
import { EscalationResponse } from '../../core/contract/api.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import { CANARY_ID } from '../../server/clocks/canary.ts'
import { inAccount } from '../../server/db/in-account.ts'
import type { Ticket } from '../zendesk/state/model.ts'
import type { TicketChanges } from '../zendesk/tickets/changes.ts'
import { createTicket } from '../zendesk/tickets/create.ts'
import { type Agent, agentOf } from './agent.ts'
import { createStoppedClock } from './clock.ts'
import { createTestDatabase } from './database.ts'
import { type LocalBaton, startLocalBaton } from './local-baton.ts'

/** The local Zendesk, Baton and a database of their own, on one clock that only the test moves. */
export type TestWorld = AsyncDisposable &
  LocalBaton & {
    /** Somebody of the demo company, by the beginning of their name. */
    agent(name: string): Agent
    /** A ticket of Acme Corp's, in the group Support, assigned to Ana. */
    newTicket(changes?: TicketChanges): Ticket
    ticket(id: number): Ticket
    groupOf(ticketId: number): string | null
    /** Runs what is under way to its end: webhooks, jobs, what has fallen due, and what follows from them. */
    settle(): Promise<void>
    /** Lets time pass; it stops at each instant at which an escalation has something to tell. */
    advance(span: { minutes?: number; hours?: number }): Promise<void>
    /** A request of the sidebar's to Baton, with the token Zendesk's proxy gives it. */
    ask(path: string, init?: RequestInit): Promise<Response>
    /** What the sidebar gets to see. */
    view(ticketId: number): Promise<EscalationResponse>
    /** Kinds of the recorded events, oldest first. */
    events(ticketId: number): Promise<string[]>
  }

export async function startWorld({
  at = '2026-03-06 10:00Z',
  zendesk,
  config,
  overrides,
  databaseUrl,
}: Partial<WorldOptions> = {}): Promise<TestWorld> {
  await using opened = new AsyncDisposableStack()
  const url = databaseUrl ?? opened.use(await createTestDatabase()).url
  const clock = createStoppedClock(at)
  const local = opened.use(
    await startLocalBaton({
      clock,
      databaseUrl: url,
      home: '/nonexistent',
      withWorkers: false,
      overrides: { ...overrides, isDriven: true },
      ...(zendesk ? { zendesk } : {}),
      ...(config ? { config } : {}),
    }),
  )
  const { world } = local.zendesk
  const closing = opened.move()

  return {
    ...local,
    agent: (name) => agentOf(local.zendesk, name),
    newTicket,
    ticket: (id) => world.state.tickets[id]!,
    groupOf: (id) => world.state.groups[world.state.tickets[id]!.group_id ?? -1]?.name ?? null,
    settle,
    advance,
    ask,
    view,
    async events(ticketId) {
      const rows = await inAccount(local.context.db, local.context.account.id, (tx) =>
        tx.selectFrom('event').select('kind').where('ticket_id', '=', ticketId).orderBy('id').execute(),
      )
      return rows.map(({ kind }) => kind)
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }

  function newTicket(changes: TicketChanges = {}): Ticket {
    const person = (name: string) => Object.values(world.state.users).find((user) => user.name === name)!
    const group = Object.values(world.state.groups).find(({ name }) => name === 'Support')!
    const ana = person('Ana Lindqvist')
    const wanted = { group_id: group.id, assignee_id: ana.id, requester_id: person('Jane Hollis').id, ...changes }
    return world.state.tickets[createTicket(world, wanted, ana).ticket.id]!
  }

  async function settle(): Promise<void> {
    const { inbox, jobs, handlers, timers } = local.context
    let ran = 0
    do {
      await local.zendesk.settle()
      ran = (await inbox.dispatch()) + (await jobs.settle(handlers)) + (await timers.sweep.pass())
    } while (ran > 0)
    await local.zendesk.settle()
  }

  async function advance({ minutes = 0, hours = 0 }: { minutes?: number; hours?: number }): Promise<void> {
    const until = clock.now() + minutes * MINUTE_MS + hours * HOUR_MS
    for (let due = await nextDue(until); due !== null; due = await nextDue(until)) {
      await clock.advance(due - clock.now())
      await settle()
    }
    await clock.advance(until - clock.now())
    await settle()
  }

  /** The next instant until then at which something is to be told; the canary's minute is no reason to stop. */
  async function nextDue(until: Instant): Promise<Instant | null> {
    const { next } = await inAccount(local.context.db, local.context.account.id, (tx) =>
      tx
        .selectFrom('escalation_clocks')
        .select(({ fn }) => fn.min('next_due_at').as('next'))
        .where('next_due_at', '>', clock.now())
        .where('next_due_at', '<=', until)
        .where('escalation_id', '<>', CANARY_ID)
        .executeTakeFirstOrThrow(),
    )
    return next
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const now = Math.floor(clock.now() / 1000)
    const claims = { iss: local.context.account.subdomain, aud: 'baton', sub: '1', iat: now, exp: now + 120 }
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(local.appSecret))
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return fetch(local.baton.url + path, { ...init, headers })
  }

  async function view(ticketId: number): Promise<EscalationResponse> {
    return EscalationResponse.parse(await (await ask(`/api/tickets/${ticketId}/escalation`)).json())
  }
}

type WorldOptions = {
  at: string
  zendesk: Parameters<typeof startLocalBaton>[0]['zendesk']
  config: Parameters<typeof startLocalBaton>[0]['config']
  overrides: Parameters<typeof startLocalBaton>[0]['overrides']
  /** Of an empty database; left out, one is made. */
  databaseUrl: string
}
