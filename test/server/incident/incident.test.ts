import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { manageIncidents } from '../../../server/incident/manage.ts'
import { listIncidents, readIncident } from '../../../server/incident/store.ts'
import { observe } from '../../../server/observe/observe.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { aNote, POLICY, type ServedAccount, serveAccount } from '../engine/served-account.ts'

const MAJOR = `  major_incident: { severities: [P0, P1], bridge_url: "https://meet.example.com/major", join_within: 4h }
  customer: { cadence: { P1: 2h } }
`

let account: ServedAccount
let manage: ReturnType<typeof manageIncidents>
beforeAll(async () => {
  account = await serveAccount()
  const { accountId, clock, deps } = account
  const saved = await savePolicy(deps.db, accountId, {
    ...{ yaml: POLICY + MAJOR, author: 'test', reason: 'test', now: clock.now() },
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
  manage = manageIncidents(accountId, deps)
})
afterAll(() => account?.[Symbol.asyncDispose]())

let components = 0
const aComponent = () => `part-${++components}`

/** A ticket of a severity about a component, escalated but not looked at yet. */
function escalated(component: string, severity: 'P1' | 'P2' = 'P1', summary = 'Nobody can sign in'): number {
  const ticketId = account.aTicket()
  const note = aNote()
  account.send(account.people.agent, ticketId, {
    note: { ...note, issue: { ...note.issue, summary }, triage: { ...note.triage, severity, component } },
  })
  return ticketId
}

async function majorIncident(component: string, count: number): Promise<{ id: string; tickets: number[] }> {
  const tickets = Array.from({ length: count }, () => escalated(component))
  for (const ticketId of tickets) await account.look(ticketId)
  const open = await all()
  return { id: open.find((one) => one.component === component)!.id, tickets }
}

const all = () => inAccount(account.deps.db, account.accountId, (tx) => listIncidents(tx, { all: true }))
const read = async (id: string) => (await inAccount(account.deps.db, account.accountId, (tx) => readIncident(tx, id)))!
const comments = (ticketId: number) => account.zendesk.world.state.comments[ticketId]!
const problems = () => Object.values(account.zendesk.world.state.tickets).filter(({ type }) => type === 'problem')

describe('a major incident', () => {
  it('is one problem in Zendesk for all tickets of a component, with a bridge in each', async () => {
    const { id, tickets } = await majorIncident(aComponent(), 3)
    const { problemTicketId } = await read(id)
    const problem = account.ticket(problemTicketId!)
    expect(problem).toMatchObject({ type: 'problem', external_id: `baton:${id}`, is_public: false })
    for (const ticketId of tickets) {
      expect(account.ticket(ticketId)).toMatchObject({ type: 'incident', problem_id: problem.id })
      const told = comments(ticketId).filter(({ plain_body }) => plain_body.includes(id))
      expect(told).toMatchObject([{ public: false }])
      expect(told[0]!.plain_body).toContain('https://meet.example.com/major')
    }
    expect((await read(id)).tickets.map(({ ticketId }) => ticketId)).toEqual(tickets)
  })

  it('is one also when two notes come at the same time', async () => {
    const component = aComponent()
    const tickets = [escalated(component), escalated(component)]
    const { accountId, deps } = account
    await Promise.all(tickets.map((ticketId) => observe({ accountId, ticketId }, deps)))
    await account.settle()
    const found = (await all()).filter((one) => one.component === component)
    expect(found).toHaveLength(1)
    const { problem_id } = account.ticket(tickets[0]!)
    expect(problem_id).not.toBeNull()
    expect(account.ticket(tickets[1]!).problem_id).toBe(problem_id)
    expect(problems().filter(({ external_id }) => external_id === `baton:${found[0]!.id}`)).toHaveLength(1)
  })

  it('is not begun by a ticket that is not that severe', async () => {
    const component = aComponent()
    const ticketId = escalated(component, 'P2')
    await account.look(ticketId)
    expect((await all()).filter((one) => one.component === component)).toEqual([])
    expect(account.ticket(ticketId).type).toBeNull()
  })

  it('is another one for another component, and again after the hours the policy names', async () => {
    const component = aComponent()
    const first = await majorIncident(component, 1)
    const other = await majorIncident(aComponent(), 1)
    expect(other.id).not.toBe(first.id)
    await account.clock.advance(4 * HOUR_MS + 1)
    await account.look(escalated(component))
    expect((await all()).filter((one) => one.component === component)).toHaveLength(2)
  })

  it('has one problem also when the answer to making it was lost', async () => {
    const component = aComponent()
    const ticketId = escalated(component)
    account.answerNext('POST', '/api/v2/tickets', 'after')
    await account.look(ticketId)
    await account.clock.advance(60_000)
    await account.settle()
    const [found] = (await all()).filter((one) => one.component === component)
    expect(problems().filter(({ external_id }) => external_id === `baton:${found!.id}`)).toHaveLength(1)
    expect(account.ticket(ticketId).problem_id).toBe(found!.problemTicketId)
  })

  it('leaves a problem that somebody else gave the ticket', async () => {
    const component = aComponent()
    await majorIncident(component, 1)
    const theirs = account.aTicket({ type: 'problem' })
    const ticketId = escalated(component)
    account.change(account.people.agent, ticketId, { type: 'incident', problem_id: theirs })
    await account.look(ticketId)
    expect(account.ticket(ticketId).problem_id).toBe(theirs)
    const effects = await account.effectsOf(ticketId)
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'link-incident', last_error: 'other-problem' }))
  })

  it('tells all its tickets one update, and customers by the template alone', async () => {
    const { id, tickets } = await majorIncident(aComponent(), 2)
    const secret = 'Node 4 of the SAML cluster was restarted by mistake'
    expect(await manage.update(id, { text: secret, toCustomers: true, by: 'Eva' })).toEqual({
      ...{ number: 1, tickets: 3, customers: 2 },
    })
    await account.settle()
    for (const ticketId of tickets) {
      expect(comments(ticketId).filter(({ plain_body }) => plain_body.includes(secret))).toMatchObject([
        { public: false },
      ])
      const written = comments(ticketId).filter((one) => one.public && one.author_id === account.people.integration.id)
      expect(written).toHaveLength(1)
      expect(written[0]!.plain_body).toContain('we are still working on your request')
      expect(written[0]!.plain_body).not.toContain('SAML')
    }
    expect(comments((await read(id)).problemTicketId!).at(-1)!.plain_body).toContain(secret)
    await expect(manage.update(id, { text: '  ', toCustomers: false, by: 'Eva' })).rejects.toThrow('says something')
  })

  it('lets a ticket go that is about something else, and does not take it back', async () => {
    const component = aComponent()
    const { id, tickets } = await majorIncident(component, 2)
    await manage.unlink(id, tickets[1]!, 'Eva')
    await account.settle()
    expect(account.ticket(tickets[1]!).problem_id).toBeNull()
    expect(comments(tickets[1]!).at(-1)).toMatchObject({ public: false })
    const note = aNote()
    account.send(account.people.agent, tickets[1]!, {
      note: { ...note, triage: { ...note.triage, severity: 'P1', component, affected_customers: 9 } },
      envelope: { verb: 'amend' },
    })
    await account.look(tickets[1]!)
    expect((await read(id)).tickets.map(({ ticketId }) => ticketId)).toEqual([tickets[0]])
    await account.clock.advance(1000)
    await manage.link(id, tickets[1]!, 'Eva')
    await account.settle()
    expect(account.ticket(tickets[1]!).problem_id).toBe((await read(id)).problemTicketId)
  })

  it('is closed when nothing in it is worked on any more, and leaves open tickets open', async () => {
    const { id, tickets } = await majorIncident(aComponent(), 2)
    await expect(manage.close(id, { closing: 'Restarted', force: false, by: 'Eva' })).rejects.toThrow(
      new RegExp(`${id} is not over: #${tickets[0]} .*--force`),
    )
    await manage.close(id, { closing: 'Restarted', force: true, by: 'Eva' })
    await account.settle()
    const { closedBy, problemTicketId } = await read(id)
    expect(closedBy).toBe('Eva')
    expect(account.ticket(problemTicketId!).status, 'solving it would solve its incidents').not.toBe('solved')
    expect(comments(tickets[0]!).at(-1)!.plain_body).toContain('Restarted')
    await expect(manage.close(id, { closing: 'Again', force: true, by: 'Eva' })).rejects.toThrow('was closed on')
  })

  it('solves its problem once none of its tickets is open', async () => {
    const { id, tickets } = await majorIncident(aComponent(), 1)
    account.change(account.people.agent, tickets[0]!, { status: 'solved', assignee_id: account.people.agent.id })
    await manage.close(id, { closing: 'Restarted', force: true, by: 'Eva' })
    await account.settle()
    expect(account.ticket((await read(id)).problemTicketId!).status).toBe('solved')
  })

  it('is begun by hand for whatever severity, and says so when it cannot be', async () => {
    const ticketId = escalated(aComponent(), 'P2')
    await expect(manage.open(ticketId, { title: null, by: 'Eva' })).rejects.toThrow('has no open escalation')
    await account.look(ticketId)
    const id = await manage.open(ticketId, { title: 'Logins fail in the EU', by: 'Eva' })
    await account.settle()
    expect(account.ticket(ticketId).problem_id).toBe((await read(id)).problemTicketId)
    await expect(manage.open(ticketId, { title: null, by: 'Eva' })).rejects.toThrow(`part of ${id} already`)
    await expect(manage.unlink('INC-1999-0001', ticketId, 'Eva')).rejects.toThrow('There is no incident')
  })
})
