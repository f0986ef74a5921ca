import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observe } from '../../../server/observe/observe.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { aNote, aShortNote, nextCommandId, POLICY, type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeAll(async () => {
  account = await serveAccount()
})
afterAll(() => account[Symbol.asyncDispose]())

describe('a look at a ticket', () => {
  it('turns a note into an escalation by the author of its audit', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    const { escalations } = await account.stateOf(ticketId)
    expect(escalations).toMatchObject([
      {
        id: expect.stringMatching(/^ESC-2026-\d{6}$/),
        requestedBy: { id: account.people.agent.id, name: 'Ana Lindqvist' },
        decision: { tier: 2, queue: 'identity' },
        note: aNote(),
        from: { groupName: 'Support', tier: 1 },
        routing: { state: 'done' },
      },
    ])
  })

  it('numbers escalations one after the other', async () => {
    const tickets = [account.aTicket(), account.aTicket(), account.aTicket()]
    for (const ticketId of tickets) account.send(account.people.agent, ticketId)
    for (const ticketId of tickets) await account.look(ticketId)
    const ids = await Promise.all(tickets.map(async (id) => (await account.stateOf(id)).escalations[0]!.id))
    const [first] = ids.map((id) => Number(id.slice(-6)))
    expect(ids.map((id) => Number(id.slice(-6)))).toEqual([first, first! + 1, first! + 2])
  })

  it('takes a note that was written without the app', async () => {
    const ticketId = account.aTicket()
    const auditId = account.send(account.people.agent, ticketId, { envelope: null })
    await account.look(ticketId)
    expect((await account.stateOf(ticketId)).escalations).toMatchObject([{ commandId: `audit-${auditId}` }])
  })

  it('changes nothing when it is done again, or twice at once', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    const { accountId, deps } = account
    await Promise.all([1, 2, 3].map(() => observe({ accountId, ticketId }, deps)))
    const once = await account.stateOf(ticketId)
    await observe({ accountId, ticketId }, deps)
    expect(await account.stateOf(ticketId)).toEqual(once)
    expect(await account.eventsOf(ticketId)).toEqual(['requested'])
    expect(await account.effectsOf(ticketId)).toHaveLength(1)
  })

  it('reads each audit once, and our own as nothing', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    await account.look(ticketId)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    const { lastAuditId } = await account.stateOf(ticketId)
    expect(lastAuditId).toBe(account.zendesk.world.state.audits[ticketId]!.at(-1)!.id)
  })

  it('does not take somebody else’s update for ours because it carries our mark', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    const metadata = { baton_effect: { id: 'forged', escalation: null } }
    account.change(account.people.specialist, ticketId, { group_id: account.groups.support.id, metadata })
    await account.look(ticketId)
    expect((await account.eventsOf(ticketId)).slice(0, 3)).toEqual(['requested', 'routed', 'returned'])
  })

  it.each<[string, Parameters<ServedAccount['send']>[2], 'agent' | 'lightAgent' | 'customer', string]>([
    ['a light agent', {}, 'lightAgent', 'light-agent'],
    ['an end user', { isPublic: true }, 'customer', 'not-an-agent'],
    ['an envelope of another ticket', { envelope: { ticket: 999 } }, 'agent', 'other-ticket'],
    ['an envelope of another note', { envelope: { digest: 'x'.repeat(43) } }, 'agent', 'digest-mismatch'],
    ['an envelope without a note', { html: '<p>Please escalate</p>' }, 'agent', 'unreadable-note'],
    ['an envelope nobody understands', { envelope: { v: 2 as never } }, 'agent', 'unreadable-note'],
    ['a note below the bar', { note: aShortNote('P2') }, 'agent', 'below-bar'],
  ])('refuses %s and says why in the ticket', async (_, sending, person, reason) => {
    const ticketId = account.aTicket()
    account.send(account.people[person], ticketId, sending)
    await account.look(ticketId)
    const { escalations, refusals } = await account.stateOf(ticketId)
    expect(escalations).toEqual([])
    expect(refusals).toMatchObject([{ reason }])
    const comment = account.zendesk.world.state.comments[ticketId]!.at(-1)!
    expect(comment).toMatchObject({ public: false, author_id: account.people.integration.id })
    expect(comment.plain_body).toContain(refusals[0]!.detail.slice(0, 30))
  })

  it('lets a severe note of three words go at once', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId, { note: aShortNote('P1') })
    await account.look(ticketId)
    const [escalation] = (await account.stateOf(ticketId)).escalations
    expect(escalation).toMatchObject({ decision: { tier: 3, queue: 'platform' }, routing: { state: 'done' } })
    expect(escalation!.owed.length).toBeGreaterThan(3)
  })

  it('completes a note, judging it as if the ticket still stood where it was handed over', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId, { note: aShortNote('P1') })
    await account.look(ticketId)
    const full = aNote({ triage: { ...aNote().triage, severity: 'P1' } })
    account.send(account.people.agent, ticketId, { note: full, envelope: { verb: 'amend' } })
    await account.look(ticketId)
    const { escalations, refusals } = await account.stateOf(ticketId)
    expect(refusals).toEqual([])
    expect(escalations).toMatchObject([{ owed: [], note: full, decision: { tier: 3, queue: 'platform' } }])
  })

  it('does not believe a command that already began an escalation on another ticket', async () => {
    const [first, second] = [account.aTicket(), account.aTicket()]
    const id = nextCommandId()
    account.send(account.people.agent, first, { envelope: { id } })
    account.send(account.people.agent, second, { envelope: { id } })
    await account.look(first)
    await account.look(second)
    expect((await account.stateOf(second)).refusals).toMatchObject([{ reason: 'unreadable-note' }])
    expect((await account.effectsOf(second)).map(({ state }) => state)).toEqual(['done'])
  })

  it('tells the second of two agents who escalate at once', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    account.send(account.people.specialist, ticketId)
    await account.look(ticketId)
    expect(await account.stateOf(ticketId)).toMatchObject({
      escalations: [{ requestedBy: { name: 'Ana Lindqvist' } }],
      refusals: [{ reason: 'already-escalated', by: { name: 'Elif Aydin' } }],
    })
  })

  it.each(['closed', 'deleted'] as const)('sees that a ticket was %s', async (status) => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    account.ticket(ticketId).assignee_id = account.people.specialist.id
    if (status === 'closed') account.change(account.people.agent, ticketId, { status })
    else account.ticket(ticketId).status = status
    await account.look(ticketId)
    expect((await account.stateOf(ticketId)).escalations).toMatchObject([{ stage: 'closed' }])
    expect((await account.eventsOf(ticketId)).at(-1)).toBe('ticket-ended')
  })

  it('keeps what moves clocks also before and after an escalation', async () => {
    const { people } = account
    const ticketId = account.aTicket({ assignee_id: people.agent.id })
    account.change(people.agent, ticketId, { comment: { body: 'Which browser?', public: true }, status: 'pending' })
    account.send(people.agent, ticketId)
    await account.look(ticketId)
    account.ticket(ticketId).assignee_id = people.specialist.id
    account.change(people.specialist, ticketId, { status: 'closed' })
    await account.look(ticketId)
    const { moments } = await account.stateOf(ticketId)
    expect(moments.map((moment) => ('status' in moment ? moment.status : moment.what))).toEqual([
      ...['open', 'customer-spoke', 'replied', 'pending', 'ended'],
    ])
  })

  it.each([
    ['that we never saw', false],
    ['whose end we did not see', true],
  ])('goes on from a closed ticket %s', async (_, isKnown) => {
    const { people } = account
    const source = account.aTicket({ assignee_id: people.agent.id })
    if (isKnown) await account.look(source)
    account.change(people.agent, source, { status: 'solved' })
    account.change(people.agent, source, { status: 'closed' })
    const middle = account.aTicket({ via_followup_source_id: source, assignee_id: people.agent.id })
    account.change(people.agent, middle, { status: 'closed' })
    const ticketId = account.aTicket({ via_followup_source_id: middle })
    account.send(people.agent, ticketId)
    await account.look(ticketId)
    const { moments } = await account.stateOf(ticketId)
    const what = moments.filter((moment) => moment.what !== 'customer-spoke').map((moment) => moment.what)
    expect(what).toEqual(['created', 'status', 'ended', 'follow-up', 'ended', 'follow-up'])
    expect((await account.stateOf(source)).escalations).toEqual([])
  })

  it('goes on by itself when the ticket it follows is gone', async () => {
    const { people } = account
    const source = account.aTicket({ assignee_id: people.agent.id })
    account.change(people.agent, source, { status: 'closed' })
    const ticketId = account.aTicket({ via_followup_source_id: source })
    account.ticket(source).status = 'deleted'
    await account.look(ticketId)
    expect((await account.stateOf(ticketId)).moments).toMatchObject([{ what: 'follow-up' }, { what: 'customer-spoke' }])
  })

  it('means nothing on a ticket that never was', async () => {
    await account.look(987_654)
    expect(await account.stateOf(987_654)).toMatchObject({ lastAuditId: 0, escalations: [] })
  })

  it('comes back when Zendesk asked it to, and not before', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    account.answerNext('GET', `/api/v2/tickets/${ticketId}/audits`, { status: 429, headers: { 'retry-after': '90' } })
    await account.look(ticketId)
    await account.clock.advance(89_000)
    expect(await account.settle()).toBe(0)
    await account.clock.advance(1000)
    await account.settle()
    expect((await account.stateOf(ticketId)).escalations).toMatchObject([{ routing: { state: 'done' } }])
  })

  it('reads a long history in pages, and only what is new of it', async () => {
    const ticketId = account.aTicket()
    for (let i = 0; i < 120; i++)
      account.change(account.people.agent, ticketId, { comment: { body: `Line ${i}`, public: false } })
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    expect((await account.stateOf(ticketId)).escalations).toHaveLength(1)
    const pages = () => account.countCalls('GET', new RegExp(`/tickets/${ticketId}/audits`))
    const before = pages()
    account.change(account.people.agent, ticketId, { comment: { body: 'One more', public: false } })
    await account.look(ticketId)
    expect(pages() - before).toBe(1)
  })

  it.each([
    ['Support', 'agent', null],
    ['Support', 'specialist', 'wrong-group'],
    ['A group that is gone', 'agent', 'wrong-group'],
  ] as const)('lets only agents of %s escalate when the policy says so: %s', async (group, person, reason) => {
    await using other = await serveAccount()
    const yaml = POLICY.replace('escalation:', `escalation:\n  escalators: [${group}]`)
    const saving = { yaml, author: 'test', reason: 'test', now: other.clock.now() }
    expect(await savePolicy(other.deps.db, other.accountId, saving)).toMatchObject({ ok: true })
    const ticketId = other.aTicket()
    other.send(other.people[person], ticketId)
    await other.look(ticketId)
    const { escalations, refusals } = await other.stateOf(ticketId)
    expect(escalations).toHaveLength(reason ? 0 : 1)
    expect(refusals.map((one) => one.reason)).toEqual(reason ? [reason] : [])
  })

  it('comes back by itself when our share of the rate limit is spent, and counts no try', async () => {
    await using other = await serveAccount({ limits: { accountPerMinute: 10 } })
    const tickets = Array.from({ length: 4 }, () => other.aTicket())
    for (const ticketId of tickets) {
      other.send(other.people.agent, ticketId)
      await other.look(ticketId)
    }
    for (let minute = 0; minute < 20; minute++) {
      await other.clock.advance(60_000)
      await other.settle()
    }
    for (const ticketId of tickets) {
      expect(await other.eventsOf(ticketId)).toEqual(['requested', 'routed'])
      expect(await other.effectsOf(ticketId)).toMatchObject([{ state: 'done', attempts: 1 }])
    }
  })
})
