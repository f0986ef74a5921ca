import { afterEach, describe, expect, it, vi } from 'vitest'
import { createZaf, RequestError } from '../../../app/zaf/client.ts'
import { isInsideZendesk } from '../../../app/zaf/connect.ts'
import { openSession } from '../../../app/zaf/session.ts'
import { fittedHeight } from '../../../app/zaf/use-fitted-height.ts'
import { createDesk } from '../desk.ts'

afterEach(() => vi.useRealTimers())

describe('createZaf', () => {
  it('takes a TimeoutError the SDK resolves with for the failure it is', async () => {
    const late = { ...createDesk().client(), get: async () => ({ name: 'TimeoutError', message: 'Timeout' }) }
    await expect(createZaf(late).get(['ticket.id'])).rejects.toThrow('get was not answered')
  })

  it('does not wait for ever for a page that stays silent', async () => {
    vi.useFakeTimers()
    const silent = { ...createDesk().client(), metadata: () => new Promise(() => {}) }
    const answer = expect(createZaf(silent).metadata()).rejects.toThrow('metadata was not answered')
    await vi.advanceTimersByTimeAsync(5_000)
    await answer
  })

  it('says with which status a call failed, and 0 when nobody answered', async () => {
    vi.useFakeTimers()
    const desk = createDesk()
    const zaf = createZaf(desk.client())
    await expect(zaf.request({ url: '/api/v2/nothing.json' })).rejects.toMatchObject({ status: 404 })

    desk.fault('GET /api/v2/users/me.json', 'silence')
    const answer = zaf.request({ url: '/api/v2/users/me.json' }).catch((error) => error)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await answer).toBeInstanceOf(RequestError)
    expect(await answer).toMatchObject({ status: 0 })
  })
})

describe('openSession', () => {
  it('knows the agent, the ticket, the account and the server', async () => {
    const session = await openSession(createZaf(createDesk().client()))
    expect(session).toMatchObject({ subdomain: 'acme', ticketId: 35436, serverUrl: 'https://baton.acme.test' })
    expect(session.user).toMatchObject({ id: 5001, timeZone: 'Europe/Berlin', canEscalate: true })
  })

  it('goes on without knowing the role, since Zendesk checks it again', async () => {
    const desk = createDesk()
    desk.fault('GET /api/v2/users/me.json', { status: 500 })
    const session = await openSession(createZaf(desk.client()))
    expect(session.user.canEscalate).toBe(true)
  })
})

it.each([
  ['?origin=https://acme.zendesk.com&app_guid=1', '', true],
  ['', '#origin=https://acme.zendesk.com&app_guid=1', true],
  ['?origin=https://acme.zendesk.com', '', false],
  ['', '', false],
])('tells from the address %s%s whether it is inside Zendesk', (search, hash, isInside) => {
  expect(isInsideZendesk({ search, hash })).toBe(isInside)
})

it.each([
  [80, 1000, 160],
  [420.4, 1000, 421],
  [4000, 1000, 740],
  [4000, 3000, 860],
  [4000, 500, 480],
])('makes the frame for %d px of content on a screen of %d px %d px high', (content, screen, height) => {
  expect(fittedHeight(content, screen)).toBe(height)
})
