import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Packet } from '../../../core/packet/shape.ts'
import { answerErrors } from '../../../server/http/errors.ts'
import { packetRoutes } from '../../../server/packet/routes.ts'
import { createSimilar } from '../../../server/similar/similar.ts'
import { aNote, type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
let url: string
const closing = new AsyncDisposableStack()

beforeAll(async () => {
  account = closing.use(await serveAccount())
  const { db, clock } = account.deps
  const similar = createSimilar({ db, clock, onError: expect.unreachable })
  const app = express()
  app.use((_req, res, next) => {
    res.locals.account = { id: account.accountId, subdomain: 'local' }
    next()
  })
  app.use(packetRoutes({ ...account.deps, similar }))
  app.use(answerErrors(pino({ level: 'silent' })))
  const server = createServer(app)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.defer(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => closing.disposeAsync())

const get = (ticketId: number | string, { query = '', accept = 'application/json' } = {}) =>
  fetch(`${url}/api/tickets/${ticketId}/packet${query}`, { headers: { accept } })

async function anEscalatedTicket(note = aNote()): Promise<number> {
  const ticketId = account.aTicket({ comment: { body: 'Nobody here can sign in.', public: true } })
  account.send(account.people.agent, ticketId, { note })
  await account.look(ticketId)
  return ticketId
}

describe('GET /api/tickets/:id/packet', () => {
  it('answers the packet as data, with the conversation and without what was said among ourselves', async () => {
    const ticketId = await anEscalatedTicket()
    const { agent, customer } = account.people
    account.change(agent, ticketId, { comment: { body: 'We look into it.', public: true } })
    account.change(agent, ticketId, { comment: { body: 'They owe two invoices.', public: false } })
    account.change(customer, ticketId, { comment: { body: 'Danke, es eilt: Größenänderung!', public: true } })
    const answer = await get(ticketId)
    expect(answer.status).toBe(200)
    const packet = Packet.parse(await answer.json())
    expect(packet).toMatchObject({ audience: 'receivers', escalationId: /^ESC-2026-/, ticketId, severity: 'P2' })
    expect(packet.ticketUrl).toBe(`${account.zendesk.url}/agent/tickets/${ticketId}`)
    const [conversation] = packet.sections.find(({ id }) => id === 'conversation')!.blocks
    expect(conversation).toMatchObject({
      remarks: [
        { by: 'Casey Customer', role: 'customer', text: 'Nobody here can sign in.' },
        { by: 'Ana Lindqvist', role: 'agent', text: 'We look into it.' },
        { by: 'Casey Customer', role: 'customer', text: 'Danke, es eilt: Größenänderung!' },
      ],
    })
    expect(JSON.stringify(packet)).not.toContain('invoices')
    expect(await (await get(ticketId, { query: '?internal=yes' })).text()).toContain('invoices')
  })

  it('leaves out what was public and was made private since', async () => {
    const ticketId = await anEscalatedTicket()
    account.change(account.people.agent, ticketId, { comment: { body: 'Sent by mistake', public: true } })
    expect(await (await get(ticketId)).text()).toContain('Sent by mistake')
    const comment = account.zendesk.world.state.comments[ticketId]!.at(-1)!
    await account.client.makeCommentPrivate(ticketId, comment.id)
    expect(await (await get(ticketId)).text()).not.toContain('Sent by mistake')
  })

  it('reads every comment, however many there are', async () => {
    const ticketId = await anEscalatedTicket()
    for (let count = 0; count < 230; count++) {
      account.change(account.people.customer, ticketId, { comment: { body: `word ${count}.`, public: true } })
    }
    const text = await (await get(ticketId, { accept: 'text/markdown' })).text()
    for (let count = 0; count < 230; count++) expect(text).toContain(`word ${count}.`)
  })

  it('is a page that nothing can run in, named after the escalation', async () => {
    const summary = '<script>alert(1)</script>'
    const ticketId = await anEscalatedTicket({ ...aNote(), issue: { ...aNote().issue, summary } })
    const answer = await get(ticketId, { accept: 'text/html' })
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename="ESC-2026-\d+\.html"$/)
    expect(answer.headers.get('vary')).toMatch(/accept/i)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/)
    const page = await answer.text()
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script>')
  })

  it('is Markdown for those who want that', async () => {
    const answer = await get(await anEscalatedTicket(), { accept: 'text/markdown' })
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(await answer.text()).toMatch(/^# .+\n\nESC-2026-\d+ · \[ticket \d+\]/)
  })

  it('is short for executives, and reads no comments for that', async () => {
    const ticketId = await anEscalatedTicket()
    const reads = account.countCalls('GET', new RegExp(`/tickets/${ticketId}/comments$`))
    const answer = await get(ticketId, { query: '?for=executives&internal=yes', accept: 'text/html' })
    expect(answer.headers.get('content-disposition')).toMatch(/-executives\.html"$/)
    const page = await answer.text()
    expect(page).toContain('All 400 users are locked out.')
    expect(page).not.toContain('SAML: audience mismatch')
    expect(page).not.toContain('Nobody here can sign in.')
    expect(account.countCalls('GET', new RegExp(`/tickets/${ticketId}/comments$`))).toBe(reads)
  })

  it.each([
    ['a ticket that nobody escalated', () => account.aTicket(), '', 404, 'not-escalated'],
    ['a ticket that is none', () => 'abc', '', 422, 'invalid-ticket'],
    ['another audience', () => 7, '?for=everybody', 422, 'invalid'],
    ['another wish', () => 7, '?internal=please', 422, 'invalid'],
  ])('says so for %s', async (_, ticketId, query, status, error) => {
    const answer = await get(ticketId(), { query })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error, message: /\.$/ })
  })

  it('says which formats there are to who accepts none of them', async () => {
    const answer = await get(await anEscalatedTicket(), { accept: 'application/pdf' })
    expect(answer.status).toBe(406)
    expect(await answer.json()).toMatchObject({ message: /text\/html/ })
  })

  it('answers 503 with when to ask again while Zendesk does not answer', async () => {
    const ticketId = await anEscalatedTicket()
    account.answerNext('GET', `/api/v2/tickets/${ticketId}`, { status: 503, body: 'away' })
    const answer = await get(ticketId)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await answer.json()).toMatchObject({ message: /Ask for the packet again/ })
  })
})
