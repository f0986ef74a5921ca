import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readClock } from '../../../app/clocks/clock-reading.ts'
import { ApiError, ClockExplanation, DecideResponse, EscalationResponse } from '../../../core/contract/api.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { apiRoutes } from '../../../server/api/routes.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { aNote, type ServedAccount, serveAccount } from '../engine/served-account.ts'

/** Friday 2026-03-06 09:00 UTC is 10:00 in Berlin. */
const POLICY = `
escalation:
  trigger_model: [manual, severity]
  schedules:
    - id: berlin
      name: Berlin office
      timezone: Europe/Berlin
      weekly: { mon: [["09:00","12:00"],["13:00","17:00"]], tue: [["09:00","17:00"]], fri: [["09:00","17:00"]] }
      holidays: [{ date: 2026-03-09, name: Founders' day }]
  clocks: { customer: { target: 48h, counts: calendar } }
  tiers:
    - { level: 1, name: Support, team: Support, sla: { first_response: 4h } }
    - { level: 2, name: Specialists, schedule: berlin, sla: { first_response: 2h, resolution_target: 8h } }
    - { level: 3, name: Engineering, sla: { first_response: 30m, resolution_target: 4h } }
  queues:
    - { id: identity, name: Identity, tier: 2, group: Identity specialists, default: true }
    - { id: platform, name: Platform, tier: 3, group: Platform engineering, default: true }
  severity_overrides:
    - { severity: P1, description: Production degradation, route_to: 3 }
`

let account: ServedAccount
let url: string
let closing: AsyncDisposableStack

beforeEach(async () => {
  closing = new AsyncDisposableStack()
  account = closing.use(await serveAccount())
  const { db } = account.database
  const now = account.clock.now()
  const saved = await savePolicy(db, account.accountId, { yaml: POLICY, author: 'test', reason: 'clocks', now })
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
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
afterEach(() => closing.disposeAsync())

const answerFor = async (ticketId: number) =>
  EscalationResponse.parse(await (await fetch(`${url}/api/tickets/${ticketId}/escalation`)).json())

const namesFor = async (ticketId: number) =>
  (await answerFor(ticketId)).clocks.map(({ name, tier, state }) => `${name} ${tier ?? '-'} ${state}`)

const explain = (ticketId: number, clockId: string, query = '') =>
  fetch(`${url}/api/tickets/${ticketId}/clocks/${encodeURIComponent(clockId)}${query}`)

const decide = async (ticketId: number, note = aNote()) => {
  const body = JSON.stringify({ ticketId, note })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/decide`, { method: 'POST', headers, body })
  return DecideResponse.parse(await answer.json())
}

async function escalated(severity: 'P1' | 'P2' = 'P2'): Promise<number> {
  const ticketId = account.aTicket()
  account.send(account.people.agent, ticketId, { note: noteOf(severity) })
  await account.look(ticketId)
  return ticketId
}

function noteOf(severity: 'P1' | 'P2') {
  return aNote({ triage: { ...aNote().triage, severity } })
}

async function setStatus(ticketId: number, status: 'pending' | 'open' | 'solved') {
  account.change(account.people.agent, ticketId, { status })
  await account.look(ticketId)
}

describe('the clocks of an escalation', () => {
  it('say which they are, of which tier and by which schedule, the next to run out first (C16)', async () => {
    const ticketId = await escalated()
    const { asOf, clocks } = await answerFor(ticketId)
    expect(asOf).toBe('2026-03-06T09:00:00.000Z')
    expect(clocks.map(({ name, tier, schedule, deadline }) => [name, tier, schedule, deadline])).toEqual([
      ['first-response', 2, 'Berlin office', '2026-03-06T11:00:00.000Z'],
      ['customer', null, null, '2026-03-08T09:00:00.000Z'],
      ['resolution', 2, 'Berlin office', '2026-03-10T09:00:00.000Z'],
    ])
    expect(clocks.map(({ state }) => state)).toEqual(['running', 'running', 'running'])
  })

  it('are none before anything was escalated', async () => {
    expect((await answerFor(account.aTicket())).clocks).toEqual([])
  })

  it('tell the next stretches in which they count, up to the deadline and no holiday among them', async () => {
    const resolution = (await answerFor(await escalated())).clocks.find(({ name }) => name === 'resolution')!
    expect(resolution.counting).toEqual([
      { from: '2026-03-06T09:00:00.000Z', to: '2026-03-06T16:00:00.000Z' },
      { from: '2026-03-10T08:00:00.000Z', to: '2026-03-10T09:00:00.000Z' },
    ])
    const counted = resolution.counting.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)
    expect(counted).toBe(resolution.targetMs - resolution.elapsedMs)
  })

  it('tell at most a dozen stretches, however far away a deadline is', async () => {
    const { db } = account.database
    const yaml = POLICY.replace('resolution_target: 8h', 'resolution_target: 400h')
    await savePolicy(db, account.accountId, { yaml, author: 'test', reason: 'long', now: account.clock.now() })
    const resolution = (await answerFor(await escalated())).clocks.find(({ name }) => name === 'resolution')!
    expect(resolution.counting).toHaveLength(12)
  })

  it('say that they rest, in which status and by whom, while the others run', async () => {
    const ticketId = await escalated()
    await account.clock.advance(HOUR_MS)
    await setStatus(ticketId, 'pending')
    await account.clock.advance(HOUR_MS)
    expect(await namesFor(ticketId)).toEqual(['first-response 2 breached', 'customer - paused', 'resolution 2 paused'])
    const resolution = (await answerFor(ticketId)).clocks.find(({ name }) => name === 'resolution')!
    expect(resolution).toMatchObject({ deadline: null, elapsedMs: HOUR_MS, counting: [] })
    expect(resolution.paused).toEqual({ status: 'pending', why: null, by: 'Ana Lindqvist' })
  })

  it('go on counting when they are breached, behind those that can still be met', async () => {
    const ticketId = await escalated()
    await account.clock.advance(3 * HOUR_MS)
    expect(await namesFor(ticketId)).toEqual([
      'customer - running',
      'resolution 2 running',
      'first-response 2 breached',
    ])
    const breached = (await answerFor(ticketId)).clocks.at(-1)!
    expect(breached.breachedAt).toBe('2026-03-06T11:00:00.000Z')
    expect(breached.elapsedMs - breached.targetMs).toBe(HOUR_MS)
    expect(breached.counting[0]).toEqual({ from: '2026-03-06T12:00:00.000Z', to: '2026-03-06T16:00:00.000Z' })
  })

  it('are met once the ticket is solved, and then wait for nobody', async () => {
    const ticketId = await escalated()
    await account.clock.advance(HOUR_MS)
    await setStatus(ticketId, 'solved')
    const { clocks } = await answerFor(ticketId)
    expect(clocks.map(({ state }) => state)).toEqual(['met', 'met', 'met'])
    expect(clocks.flatMap(({ counting }) => counting)).toEqual([])
  })

  it('leave out what an earlier hand-over left undecided, not what it breached, and never the customer’s', async () => {
    const ticketId = await escalated()
    await account.clock.advance(2.5 * HOUR_MS)
    account.send(account.people.agent, ticketId, { note: noteOf('P1'), envelope: { verb: 'amend' } })
    await account.look(ticketId)
    expect(await namesFor(ticketId)).toEqual([
      'first-response 3 running',
      'resolution 3 running',
      'customer - running',
      'first-response 2 breached',
    ])
  })
})

describe('what the sidebar counts on from an answer', () => {
  it('is what the server counts by then, over closed hours, a weekend and a holiday', async () => {
    const ticketId = await escalated()
    const seen = await answerFor(ticketId)
    for (const hours of [0.5, 1.5, 5, 3, 60, 26.5]) {
      await account.clock.advance(hours * HOUR_MS)
      const now = account.clock.now()
      for (const later of (await answerFor(ticketId)).clocks) {
        const earlier = seen.clocks.find(({ id }) => id === later.id)!
        const read = readClock(earlier, Date.parse(seen.asOf), now)
        const leftMs = Math.max(0, later.targetMs - later.elapsedMs)
        expect([later.name, now, read.leftMs, read.standing === 'breached']).toEqual([
          ...[later.name, now, leftMs, later.state === 'breached'],
        ])
      }
    }
  })
})

describe('GET /api/tickets/:id/clocks/:clockId', () => {
  it('explains a deadline: every stretch, the holiday by name, the pause and by whom, policy and schedule', async () => {
    const ticketId = await escalated()
    await account.clock.advance(HOUR_MS)
    await setStatus(ticketId, 'pending')
    await account.clock.advance(30 * MINUTE_MS)
    await setStatus(ticketId, 'open')
    const { clocks } = await answerFor(ticketId)
    const clock = clocks.find(({ name }) => name === 'resolution')!
    const found = ClockExplanation.parse(await (await explain(ticketId, clock.id)).json())

    expect(found.id).toBe(clock.id)
    expect(found.stretches.map(({ kind, because }) => (because ? `${kind}: ${because}` : kind))).toEqual([
      'counted',
      'paused: pending, by Ana Lindqvist',
      'counted',
      'closed',
      "holiday: Founders' day",
      'closed',
      'counted',
    ])
    expect(found.stretches.at(-1)!.to).toBe(clock.deadline)
    const counted = found.stretches
      .filter(({ kind }) => kind === 'counted')
      .reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)
    expect(counted).toBe(clock.targetMs)
    expect(found.sentence).toMatch(/^The tier 2 resolution clock is due 2026-03-10 10:30 Europe\/Berlin: 8h counted/)
    expect(found.sentence).toContain("Founders' day")
    expect(found.policyVersion).toMatch(/./)
    expect(found.schedules).toEqual([{ name: 'Berlin office', timezone: 'Europe/Berlin', version: expect.any(String) }])
  })

  it('explains in German to who asks in German', async () => {
    const ticketId = await escalated()
    const { clocks } = await answerFor(ticketId)
    const { sentence } = ClockExplanation.parse(
      await (await explain(ticketId, clocks[0]!.id, '?language=de-AT')).json(),
    )
    expect(sentence).toMatch(
      /^Die Frist für die erste Antwort von L2 läuft 2026-03-06 12:00 Europe\/Berlin ab: 2h gezählt/,
    )
  })

  it('takes the slashes of the id as they are, too', async () => {
    const ticketId = await escalated()
    const { clocks } = await answerFor(ticketId)
    const answer = await fetch(`${url}/api/tickets/${ticketId}/clocks/${clocks[0]!.id}`)
    expect(ClockExplanation.parse(await answer.json()).id).toBe(clocks[0]!.id)
  })

  it.each([
    ['a clock there is not', 'ESC-2026-000001/7/resolution'],
    ['a name that objects have', '__proto__'],
    ['something huge', 'x'.repeat(4000)],
    ['something hostile', "' or 1=1; --"],
  ])('answers 404 with a clear word for %s', async (_, clockId) => {
    const answer = await explain(await escalated(), clockId)
    expect(answer.status).toBe(404)
    const { error, message } = ApiError.parse(await answer.json())
    expect([error, message]).toEqual(['clock-not-found', expect.stringContaining('Look at the ticket again')])
  })

  it('does not explain the clock of another ticket', async () => {
    const { clocks } = await answerFor(await escalated())
    const tierClock = clocks.find(({ tier }) => tier !== null)!
    expect((await explain(await escalated(), tierClock.id)).status).toBe(404)
    expect((await explain(account.aTicket(), 'customer')).status).toBe(404)
  })

  it('answers 422 for what is no ticket', async () => {
    expect((await explain(Number.NaN, 'customer')).status).toBe(422)
  })
})

describe('respondBy of a preview', () => {
  it('counts the open hours of the tier’s schedule, over weekend and holiday', async () => {
    await account.clock.advance(6 * HOUR_MS)
    expect((await decide(account.aTicket())).respondBy).toBe('2026-03-10T09:00:00.000Z')
  })

  it('counts every hour where the tier names no schedule', async () => {
    await account.clock.advance(12 * HOUR_MS)
    expect((await decide(account.aTicket(), noteOf('P1'))).respondBy).toBe('2026-03-06T21:30:00.000Z')
  })

  it('keeps the time that was counted when the escalation stays with its tier', async () => {
    const ticketId = await escalated()
    await account.clock.advance(HOUR_MS)
    const { respondBy } = await decide(ticketId)
    expect(respondBy).toBe('2026-03-06T11:00:00.000Z')
    expect(respondBy).toBe((await answerFor(ticketId)).escalation!.respondBy)
  })

  it('counts from now for another tier, as that takes over then', async () => {
    const ticketId = await escalated()
    await account.clock.advance(HOUR_MS)
    expect((await decide(ticketId, noteOf('P1'))).respondBy).toBe('2026-03-06T10:30:00.000Z')
  })
})
