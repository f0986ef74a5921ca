import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SimilarResponse } from '../../../core/contract/similar.ts'
import { describeSimilar } from '../../../server/cli/similar-answer.ts'
import { describeCounts } from '../../../server/cli/similar-counts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { rebuildCases } from '../../../server/similar/rebuild.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { deleteTicket } from '../../zendesk/tickets/delete.ts'

let world: TestWorld
let past: { ticketId: number; escalationId: string }

const RESOLUTION = {
  root_cause: 'The identity provider renewed its signing certificate',
  resolution: 'configuration',
  fix: 'Imported the new certificate',
  article: 'linked',
  article_url: 'https://help.northwind.example/sso-certificates',
  could_be_lower: true,
} as const

beforeAll(async () => {
  world = await startWorld()
  past = await resolved(aNote())
  await resolved(
    aNote({
      ...{ steps_taken: ['Ran it again'], escalation_reason: 'Nothing comes', suggested_next_step: '' },
      issue: { summary: 'CSV export of the report is empty', symptoms: ['No rows'] },
      triage: { component: 'sso' },
    }),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

async function resolved(note: ReturnType<typeof aNote>): Promise<typeof past> {
  const { id } = world.newTicket()
  await world.agent('Ana').send(id, note)
  await world.settle()
  await world.agent('Elif').say(id, 'accept')
  await world.advance({ minutes: 90 })
  await world.agent('Elif').say(id, 'resolve', RESOLUTION)
  await world.settle()
  return { ticketId: id, escalationId: (await world.view(id)).escalation!.id }
}

async function similarTo(ticketId: number, note = aNote()) {
  const answer = await world.ask('/api/similar', { method: 'POST', body: JSON.stringify({ ticketId, note }) })
  expect(answer.status).toBe(200)
  return SimilarResponse.parse(await answer.json())
}

async function answer(body: object): Promise<number> {
  return (await world.ask('/api/similar/answers', { method: 'POST', body: JSON.stringify(body) })).status
}

describe('an escalation that was resolved', () => {
  it('is shown to whoever writes about the like, with how it ended', async () => {
    const { cases } = await similarTo(world.newTicket().id)
    expect(cases[0]).toMatchObject({
      ...{ escalationId: past.escalationId, ticketId: past.ticketId, code: 'configuration', sameProblems: 0 },
      ...{ fix: 'Imported the new certificate', articleUrl: RESOLUTION.article_url, resolvedBy: 'Elif Aydin' },
      ...{ tookMs: 90 * 60_000 },
    })
    expect(cases).toHaveLength(1)
    const asked = { text: 'SSO login fails with SAML', component: null, json: false }
    expect(await describeSimilar(world.context, asked)).toMatch(
      /^ESC-2026-000001 {2}0\.\d\d {2}ticket \d+, P\d: SSO login fails .*\n {2}configuration after 1h 30m by Elif Aydin\..*\n {2}Fix: /,
    )
  })

  it('is not shown in its own ticket, nor for words that are of something else', async () => {
    expect((await similarTo(past.ticketId)).cases).toEqual([])
    const other = aNote({
      ...{ issue: { summary: 'Printer jams', symptoms: [] }, steps_taken: [], escalation_reason: '' },
    })
    expect((await similarTo(world.newTicket().id, other)).cases).toEqual([])
  })

  it('is hidden in a ticket where it is not the same, and stands lower in the next', async () => {
    const [here, next] = [world.newTicket().id, world.newTicket().id]
    const before = (await similarTo(next)).cases[0]!.score
    expect(await answer({ ticketId: here, answer: 'not-same', escalationId: past.escalationId })).toBe(204)
    expect((await similarTo(here)).cases).toEqual([])
    expect((await similarTo(next)).cases[0]!.score).toBeCloseTo(before * 0.8)
  })

  it('stops an escalation where somebody finds that it is the same: told in the ticket and counted', async () => {
    const { id } = world.newTicket()
    const { escalationId, ticketId } = past
    await world.agent('Ana').say(id, 'same-problem', { escalation: escalationId, ticket: ticketId })
    await world.settle()
    const { escalation, stopped, timeline } = await world.view(id)
    expect(escalation).toBeNull()
    expect(stopped).toMatchObject({ pastId: escalationId, by: { name: 'Ana Lindqvist' } })
    expect(timeline.map(({ text }) => text)).toEqual([`Same problem as ${escalationId}; not escalated`])
    const { context } = world
    const rows = await inAccount(context.db, context.account.id, (tx) =>
      tx.selectFrom('same_problem').select(['ticket_id', 'escalation_id', 'stopped']).execute(),
    )
    expect(rows).toEqual([{ ticket_id: id, escalation_id: escalationId, stopped: true }])
    expect((await similarTo(world.newTicket().id)).cases[0]!.sameProblems).toBe(1)
    expect(await describeCounts(context.db, context.account.id)).toMatch(
      /^same problem: 1 tickets not escalated, 0 found while one was open\nnot the same: 1\n/,
    )

    await world.agent('Ana').send(id, aNote())
    await world.settle()
    expect(await world.view(id)).toMatchObject({ stopped: null, escalation: { stage: 'requested' } })
    const packet = await (await world.ask(`/api/tickets/${id}/packet`)).json()
    const section = packet.sections.find((one: { id: string }) => one.id === 'similar')
    expect(section.blocks[0].facts[0]).toMatchObject({
      label: escalationId,
      url: expect.stringContaining(`/${ticketId}`),
    })
    expect(section.blocks[0].facts[1].text).toMatch(/^configuration, after 1 h 30 min, by Elif Aydin\.\nRoot cause: /)
  })

  it('is found again after its cases are kept anew', async () => {
    const { db, account } = world.context
    const { cases } = await similarTo(world.newTicket().id)
    expect(await rebuildCases(db, account.id)).toBe(2)
    expect((await similarTo(world.newTicket().id)).cases).toEqual(cases)
  })

  it('is gone with its ticket, texts and all', async () => {
    deleteTicket(world.zendesk.world, { user: world.agent('Ana').user, channel: 'web' }, world.ticket(past.ticketId))
    await world.context.jobs.enqueue(world.context.db, 'observe', {
      accountId: world.context.account.id,
      ticketId: past.ticketId,
    })
    await world.settle()
    const { cases } = await similarTo(world.newTicket().id)
    expect(cases.map(({ escalationId }) => escalationId)).not.toContain(past.escalationId)
    const { context } = world
    const row = await inAccount(context.db, context.account.id, (tx) =>
      tx.selectFrom('similar_case').selectAll().where('escalation_id', '=', past.escalationId).executeTakeFirst(),
    )
    expect(row).toMatchObject({ is_gone: true, summary: '', body: '', root_cause: '', fix: '' })
  })
})
