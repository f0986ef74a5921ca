import { describe, expect, it } from 'vitest'
import { administer } from '../../server/admin/administer.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { savePolicy } from '../../server/policy/store.ts'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'

const CUSTOMER = `
  auto_escalation: { at: [] }
  customer:
    cadence: { P0: 1h, P1: 2h, P2: 4h, P3: 1d }
    send: { escalated: auto, update: auto, fix_available: auto, resolved: auto, deescalated: auto }
`

/** A company that has Baton write to its customers by itself. */
async function aCompany(customer = CUSTOMER): Promise<TestWorld> {
  const world = await startWorld({ at: '2026-03-06 10:00Z' })
  const { db, account, clock } = world.context
  const yaml = readPreset('three-tier') + customer
  const saved = await savePolicy(db, account.id, { yaml, author: 'Lea', reason: 'A test', now: clock.now() })
  expect(saved).toMatchObject({ ok: true })
  await administer(world.context).setup()
  return world
}

const inPublic = ({ zendesk }: TestWorld, ticketId: number): string[] =>
  zendesk.world.state.comments[ticketId]!.filter((comment) => comment.public)
    .slice(1)
    .map(({ plain_body }) => plain_body)

/** An SSO ticket of Jane's that Elif, of the queue it went to, has accepted. */
async function accepted(world: TestWorld): Promise<number> {
  const ticketId = world.newTicket().id
  const note = aNote()
  await world.agent('Ana').send(ticketId, { ...note, triage: { ...note.triage, severity: 'P2' } })
  await world.settle()
  await world.agent('Elif').say(ticketId, 'accept')
  await world.settle()
  return ticketId
}

describe('a customer whose request is escalated', () => {
  it('is told that it is, by when they hear from us, and on the cadence until they are answered', async () => {
    await using world = await aCompany()
    const ticketId = await accepted(world)
    expect(inPublic(world, ticketId)).toEqual([
      expect.stringMatching(/specialists.*You will hear from them by Friday/s),
    ])

    await world.advance({ hours: 4 })
    expect(inPublic(world, ticketId)).toHaveLength(2)
    expect(inPublic(world, ticketId)[1]).toMatch(/still working on your request.*hear from us again by/s)

    await world.advance({ hours: 3 })
    await world.agent('Elif').put(ticketId, { comment: { body: 'We found it.', public: true } })
    await world.settle()
    await world.advance({ hours: 3 })
    expect(inPublic(world, ticketId), 'Elif has written; the cadence counts from there').toHaveLength(3)
    await world.advance({ hours: 1 })
    expect(inPublic(world, ticketId)).toHaveLength(4)
  })

  it('is told when the fix is there, and that stops the clock for telling them (C25)', async () => {
    await using world = await aCompany()
    const ticketId = await accepted(world)
    await world
      .agent('Elif')
      .say(ticketId, 'progress', { status: 'investigating', root_cause: 'A cache never expires' })
    await world.settle()
    await world.agent('Elif').say(ticketId, 'fix-available', { version: '4.2.1', what: 'Logins work again' })
    await world.settle()
    expect(inPublic(world, ticketId).at(-1)).toContain('there is a correction for what you reported')
    expect(await world.events(ticketId)).toContain('customer-told')
  })

  it('reads nothing that was written inside, to the end of the story', async () => {
    await using world = await aCompany()
    const ticketId = await accepted(world)
    const secret = 'zqx-only-for-us'
    const elif = world.agent('Elif')
    await elif.say(ticketId, 'progress', {
      ...{ status: 'fixing', actions_taken: [secret], next_steps: secret, root_cause: secret },
      estimated_resolution: '2026-03-09T10:00:00Z',
    })
    await world.advance({ hours: 8 })
    await elif.say(ticketId, 'fix-available', { version: secret, what: secret })
    await world.settle()
    await elif.say(ticketId, 'resolve', {
      ...{
        root_cause: secret,
        resolution: 'fixed_in_code',
        fix: secret,
        article: 'not_needed',
        article_reason: secret,
      },
    })
    await world.settle()
    await elif.say(ticketId, 'deescalate', { rationale: secret, customer_confirmed: true })
    await world.settle()
    const read = inPublic(world, ticketId)
    expect(read.length).toBeGreaterThanOrEqual(4)
    const inside = [
      secret,
      aNote().issue.summary,
      aNote().escalation_reason,
      'Elif',
      'Ana Lindqvist',
      ...aNote().steps_taken,
    ]
    for (const text of read) for (const word of inside) expect(text).not.toContain(word)
  })

  it('is written to by nobody but people when the policy does not ask for it, who get a draft', async () => {
    await using world = await aCompany('\n  customer: { cadence: { P2: 4h } }\n')
    const ticketId = await accepted(world)
    await world.agent('Elif').say(ticketId, 'progress', { status: 'investigating', next_steps: 'We read your logs.' })
    await world.advance({ hours: 5 })
    expect(inPublic(world, ticketId)).toEqual([])
    const draft = await (await world.ask(`/api/tickets/${ticketId}/customer-draft`)).json()
    expect(draft).toMatchObject({ kind: 'update', send: 'draft', holds: ['next_steps'], locale: 'en' })
    expect(draft.text).toContain('What comes next: We read your logs.')
    const refused = await world.ask(`/api/tickets/${ticketId}/customer-draft?message=poem`)
    expect([refused.status, (await refused.json()).error]).toEqual([422, 'invalid-message'])
    expect((await world.ask(`/api/tickets/${world.newTicket().id}/customer-draft`)).status).toBe(404)
  })

  it('is told once, whatever is looked at twice', async () => {
    await using world = await aCompany()
    const ticketId = await accepted(world)
    const { db, account, jobs } = world.context
    await inAccount(db, account.id, (tx) => jobs.enqueue(tx, 'observe', { accountId: account.id, ticketId }))
    await world.settle()
    expect(inPublic(world, ticketId)).toHaveLength(1)
  })
})
