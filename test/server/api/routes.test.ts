import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError, DecideResponse, EscalationResponse } from '../../../core/contract/api.ts'
import { apiRoutes } from '../../../server/api/routes.ts'
import { aNote, aShortNote, type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
let url: string
const closing = new AsyncDisposableStack()

beforeAll(async () => {
  account = closing.use(await serveAccount())
  const app = express()
  app.use((_req, res, next) => {
    res.locals.account = { id: account.accountId, subdomain: 'local' }
    next()
  })
  app.use(apiRoutes(account.deps))
  const server = createServer(app)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.defer(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => closing.disposeAsync())

const decide = (body: unknown) =>
  fetch(`${url}/api/decide`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const escalationOf = async (ticketId: number | string) =>
  EscalationResponse.parse(await (await fetch(`${url}/api/tickets/${ticketId}/escalation`)).json())

describe('POST /api/decide', () => {
  it('previews the decision the note would get, and changes nothing', async () => {
    const ticketId = account.aTicket()
    const audits = account.zendesk.world.state.audits[ticketId]!.length
    const answer = DecideResponse.parse(await (await decide({ ticketId, note: aNote() })).json())
    expect(answer).toMatchObject({
      decision: { tier: 2, queue: 'identity', group: 'Identity specialists' },
      completeness: { score: 94, bar: 60 },
      respondBy: '2026-03-06T11:00:00.000Z',
    })
    expect(answer.decision.trace.length).toBeGreaterThanOrEqual(0)
    expect(account.zendesk.world.state.audits[ticketId]).toHaveLength(audits)

    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    const { escalation } = await escalationOf(ticketId)
    expect(escalation!.decision).toEqual(answer.decision)
  })

  it('names what a short note lacks', async () => {
    const answer = DecideResponse.parse(
      await (await decide({ ticketId: account.aTicket(), note: aShortNote('P2') })).json(),
    )
    expect(answer.completeness.score).toBeLessThan(answer.completeness.bar)
    expect(answer.completeness.missing.length).toBeGreaterThan(3)
  })

  it('reads the ticket once in half a minute of typing', async () => {
    const ticketId = account.aTicket()
    const reads = () => account.countCalls('GET', new RegExp(`/tickets/${ticketId}$`))
    await decide({ ticketId, note: aNote() })
    await decide({ ticketId, note: aShortNote('P1') })
    expect(reads()).toBe(1)
    await account.clock.advance(30_000)
    await decide({ ticketId, note: aNote() })
    expect(reads()).toBe(2)
  })

  it('previews an amendment as if the ticket still stood where it was handed over', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    const { escalation } = await escalationOf(ticketId)
    const answer = DecideResponse.parse(await (await decide({ ticketId, note: aNote() })).json())
    expect(answer.decision.tier).toBe(escalation!.decision.tier)
    expect(answer.respondBy).toBe(escalation!.respondBy)
  })

  it.each<[string, unknown, string]>([
    ['a note with an unknown field', { ...aNote(), colour: 'red' }, 'note'],
    ['a severity there is not', { ...aNote(), triage: { ...aNote().triage, severity: 'P9' } }, 'note.triage.severity'],
    ['a text that is too long', { ...aNote(), escalation_reason: 'x'.repeat(20_001) }, 'note.escalation_reason'],
  ])('answers 422 with the place to %s', async (_, note, path) => {
    const answer = await decide({ ticketId: account.aTicket(), note })
    expect(answer.status).toBe(422)
    const body = ApiError.parse(await answer.json())
    expect(body.error).toBe('invalid-note')
    expect(body.details!.map((one) => one.path)).toContain(path)
  })

  it('answers 404 for a ticket Zendesk does not show', async () => {
    const answer = await decide({ ticketId: 987_654, note: aNote() })
    expect(answer.status).toBe(404)
    expect(ApiError.parse(await answer.json()).error).toBe('ticket-not-found')
  })

  it.each([
    ['503', { status: 503, body: 'away' }, 503, 'zendesk-unavailable'],
    ['403', { status: 403, body: '{}' }, 502, 'zendesk-denied'],
  ])('says so when Zendesk answers %s, and tries again next time', async (_, fault, status, error) => {
    const ticketId = account.aTicket()
    account.answerNext('GET', `/api/v2/tickets/${ticketId}`, fault)
    const answer = await decide({ ticketId, note: aNote() })
    expect(answer.status).toBe(status)
    expect(ApiError.parse(await answer.json()).error).toBe(error)
    expect((await decide({ ticketId, note: aNote() })).status).toBe(200)
  })
})

describe('GET /api/tickets/:id/escalation', () => {
  it('answers the form alone for a ticket nobody escalated', async () => {
    const answer = await escalationOf(account.aTicket())
    expect(answer).toMatchObject({ escalation: null, refused: [], timeline: [] })
    expect(answer.form.tiers.map(({ name }) => name)).toEqual(['Support', 'Specialists', 'Engineering'])
  })

  it('tells the story of an escalation in order', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    account.send(account.people.specialist, ticketId)
    await account.look(ticketId)
    const answer = await escalationOf(ticketId)
    expect(answer.escalation).toMatchObject({ stage: 'requested', note: aNote(), routing: { state: 'done' } })
    expect(answer.refused).toMatchObject([{ reason: 'already-escalated', by: { name: 'Elif Aydin' } }])
    expect(answer.timeline.map(({ kind }) => kind)).toEqual(['requested', 'refused', 'routed'])
    expect(answer.timeline[0]!.text).toMatch(/^Escalated to tier 2, queue identity: /)
    expect(answer.timeline[2]!.text).toBe('Ticket moved to Identity specialists')
  })

  it('shows what is pending and why', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, { status: 500 })
    await account.look(ticketId)
    const { escalation } = await escalationOf(ticketId)
    expect(escalation!.routing).toEqual({
      state: 'pending',
      reason: 'zendesk-unavailable',
      detail: 'Zendesk does not answer. Baton tries again by itself.',
      attempts: 1,
    })
  })

  it.each(['abc', '-1', '1.5'])('answers 422 for the ticket %s', async (id) => {
    expect((await fetch(`${url}/api/tickets/${id}/escalation`)).status).toBe(422)
  })
})
