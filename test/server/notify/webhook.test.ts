import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sign } from '../../../server/notify/webhook.ts'
import { type NoticeWorld, startNotices, WEBHOOK_SECRET } from './notice-world.ts'

let world: NoticeWorld
let server: Server
let received: { headers: IncomingHttpHeaders; body: string }[]
let answers: number[]

beforeEach(async () => {
  received = []
  answers = []
  server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk) => void chunks.push(chunk))
    req.on('end', () => {
      received.push({ headers: req.headers, body: Buffer.concat(chunks).toString() })
      const status = answers.shift() ?? 204
      // 0: the answer is lost.
      if (status === 0) req.socket.destroy()
      else res.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  world = await startNotices({
    policy: `  channels: { webhook: { url: "${url}" } }
  notifications: { send: [{ kind: handoff, over: webhook }] }\n`,
  })
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('a webhook', () => {
  it('is signed over its time and body, and numbered', async () => {
    await world.request()
    await world.settle()
    const [{ headers, body }] = received as [(typeof received)[number]]
    expect(headers['baton-signature']).toBe(sign(WEBHOOK_SECRET, String(headers['baton-timestamp']), body))
    expect(headers['baton-timestamp']).toBe(String(world.clock.now() / 1000))
    const [row] = await world.rows()
    expect(headers['idempotency-key']).toBe(row!.id)
    expect(JSON.parse(body)).toMatchObject({ version: 1, id: row!.id, kind: 'handoff', escalation: { ticket_id: 7 } })
  })

  it('has the same number when it is sent again', async () => {
    answers = [0, 500, 204]
    await world.request()
    await world.advance(60_000)
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(await world.states()).toEqual(['accepted handoff webhook'])
  })

  it.each([400, 404, 410, 302])('that answers %i is not tried again, and follows nobody', async (status) => {
    answers = [status]
    await world.request()
    await world.advance(60_000)
    expect(received).toHaveLength(1)
    expect(await world.states()).toEqual([`failed handoff webhook: status-${status}`])
  })
})
