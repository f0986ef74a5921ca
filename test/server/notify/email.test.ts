import { afterEach, describe, expect, it } from 'vitest'
import { createEmail } from '../../../server/notify/email.ts'
import { anEvent } from '../../core/notice/notices.ts'
import { type NoticeWorld, startNotices, type WorldOptions } from './notice-world.ts'

const send = (to: string) => `  notifications:
    roles: { director: ${to} }
    send: [{ kind: [handoff, executive_briefing, breach_warning], to: director, over: email, fallback: slack }]
`
let world: NoticeWorld
const start = async (options: WorldOptions = {}) => {
  world = await startNotices({ policy: send('vera@northwind.example'), ...options })
}
afterEach(() => world[Symbol.asyncDispose]())

describe('e-mail', () => {
  it('puts what waits for one person into one letter, and all of an escalation into one thread', async () => {
    await start()
    await world.request()
    await world.settle()
    await world.happen(anEvent({ kind: 'clock-warned', percent: 75, clockId: 'c', clock: 'fix', tier: 2, lateMs: 0 }))
    await world.settle()
    const [first, second] = world.smtp.letters
    expect(world.smtp.letters).toHaveLength(2)
    expect(first).toMatchObject({ from: 'baton@northwind.example', to: ['vera@northwind.example'] })
    expect(first!.headers.subject).toContain('and 1 more')
    expect(first!.body).toContain('Briefing: Acme Corp')
    expect(first!.body).toContain('SSO login fails')
    expect(second!.headers.references).toBe(first!.headers.references)
    expect(second!.headers['in-reply-to']).toBe(first!.headers.references)
    expect(second!.headers['message-id']).not.toBe(first!.headers['message-id'])
    expect(await world.states()).toEqual([
      'accepted handoff email',
      'accepted executive-briefing email',
      'accepted breach-warning email',
    ])
  })

  it('sends the same letter again under the same name when the answer was lost', async () => {
    await start()
    world.smtp.failNext('hang-up-after-data')
    await world.request()
    await world.advance(60_000)
    const ids = world.smtp.letters.map(({ headers }) => headers['message-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it.each([
    ['recipient', 450],
    ['data', 451],
  ] as const)('that is put off at the %s comes later, once', async (where, code) => {
    await start()
    world.smtp.failNext(where, code)
    await world.request()
    await world.settle()
    expect((await world.states())[0]).toBe(`queued handoff email: smtp-${code}`)
    await world.advance(60_000)
    expect(world.smtp.letters).toHaveLength(1)
  })

  it('to a mailbox that does not exist goes another way', async () => {
    await start({ policy: send('vera@elsewhere.invalid') })
    await world.request()
    await world.settle()
    expect((await world.states())[0]).toBe('failed handoff email: address-refused')
    expect(world.slack.state.messages.length).toBeGreaterThan(0)
  })

  it('with a wrong password goes another way', async () => {
    await start()
    const wrong = world.smtp.smtpUrl.replace(/:[^:@]+@/, ':wrong@')
    world.withSenders({ email: createEmail(wrong, async () => 'Baton <baton@northwind.example>') })
    await world.request()
    await world.settle()
    expect((await world.states())[0]).toBe('failed handoff email: not-signed-in')
  })

  it('through a server that is not there is tried again', async () => {
    await start()
    world.withSenders({ email: createEmail('smtp://127.0.0.1:1', async () => 'baton@northwind.example') })
    await world.request()
    await world.settle()
    expect((await world.states())[0]).toBe('queued handoff email: no-answer')
  })
})
