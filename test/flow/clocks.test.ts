import { describe, expect, it } from 'vitest'
import { aNote } from '../support/notes.ts'
import { updateTicket } from '../zendesk/tickets/create.ts'
import { dayAndTime, escalated, notices, startClocks, story } from './clocks-world.ts'

const FIRST_RESPONSE = `
  clocks: { schedule: berlin, customer: { target: 40h } }
  auto_escalation: { at: [breach], clocks: [first_response] }
`

describe('an escalation that nobody answers', () => {
  it('is warned of, missed, and taken to the next tier by itself', async () => {
    await using world = await startClocks(FIRST_RESPONSE)
    const ticket = await escalated(world)
    await world.advance({ minutes: 89 })
    expect(notices(world, ticket.id)).toEqual([])

    await world.advance({ minutes: 1 })
    const warning = notices(world, ticket.id)
    expect(warning).toMatchObject([{ public: false, author_id: world.agent('Baton').user.id }])
    expect(warning[0]!.plain_body).toMatch(/75 ?% of the first response target of tier 2 \(2h\)/)
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')

    await world.advance({ minutes: 30 })
    expect(world.groupOf(ticket.id)).toBe('Security response')
    expect(notices(world, ticket.id).at(-1)!.plain_body).toMatch(/ran out on .*Baton raises it to L3 Engineering/)
    expect(await story(world, ticket.id)).toEqual([
      'Fri 10:00 requested',
      'Fri 10:00 routed',
      'Fri 11:30 clock-warned first-response 75',
      'Fri 12:00 clock-breached first-response',
      'Fri 12:00 raised',
      'Fri 12:00 routed',
    ])
    const { escalation, clocks } = await world.view(ticket.id)
    expect(escalation).toMatchObject({ stage: 'requested', decision: { tier: 3, queue: 'security' } })
    const tier3 = clocks.find(({ name, tier }) => name === 'first-response' && tier === 3)!
    expect(dayAndTime(Date.parse(tier3.deadline!))).toBe('Fri 13:00')
  })

  it('goes on to the top and stays there, each tier with a clock of its own', async () => {
    await using world = await startClocks(FIRST_RESPONSE)
    const ticket = await escalated(world)
    await world.advance({ hours: 100 })
    expect((await story(world, ticket.id)).filter((line) => /raised|breached first/.test(line))).toEqual([
      'Fri 12:00 clock-breached first-response',
      'Fri 12:00 raised',
      'Fri 13:00 clock-breached first-response',
      'Fri 13:00 raised',
      'Fri 13:30 clock-breached first-response',
    ])
    expect(world.groupOf(ticket.id)).toBe('Executive desk')
    expect(notices(world, ticket.id).some(({ plain_body }) => /no higher tier/.test(plain_body))).toBe(true)
  })

  it('is left alone once somebody has taken it', async () => {
    await using world = await startClocks(FIRST_RESPONSE)
    const ticket = await escalated(world)
    const elif = world.agent('Elif')
    await elif.put(ticket.id, { assignee_id: elif.user.id })
    await world.advance({ hours: 5 })
    expect(await story(world, ticket.id)).toEqual(['Fri 10:00 requested', 'Fri 10:00 routed', 'Fri 10:00 accepted'])
    expect(notices(world, ticket.id)).toEqual([])
  })

  it('is left alone once the customer was answered in public, but not for an internal note', async () => {
    await using world = await startClocks(FIRST_RESPONSE)
    const [answered, noted] = [await escalated(world), await escalated(world)]
    const elif = world.agent('Elif')
    await elif.put(answered.id, { comment: { body: 'We are on it', public: true } })
    await elif.put(noted.id, { comment: { body: 'I had a look', public: false } })
    await world.advance({ hours: 2 })
    expect(world.groupOf(answered.id)).toBe('Identity specialists')
    expect(world.groupOf(noted.id)).toBe('Security response')
  })
})

describe('what happens to a ticket while no webhook comes', () => {
  it.each<[string, Record<string, unknown>]>([
    ['solved', { status: 'solved' }],
    ['closed', { status: 'closed' }],
    ['answered', { comment: { body: 'Please try again', public: true } }],
  ])('counts all the same: one that was %s in time is not escalated', async (_, update) => {
    await using world = await startClocks(FIRST_RESPONSE)
    const ticket = await escalated(world)
    const before = notices(world, ticket.id).length
    world.zendesk.world.faults.dropEveryNthWebhook = 1
    await world.agent('Elif').put(ticket.id, { assignee_id: world.agent('Elif').user.id, ...update })
    // Nobody settles: nothing has told Baton when the time is up.
    await world.zendesk.world.clock.advance(3 * 3_600_000)
    await world.context.timers.sweep.pass()
    await world.settle()
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')
    expect(notices(world, ticket.id)).toHaveLength(before)
    expect((await story(world, ticket.id)).filter((line) => /warned|breached|raised/.test(line))).toEqual([])
  })

  it('is told at its true instant when it came too late', async () => {
    await using world = await startClocks(FIRST_RESPONSE)
    const ticket = await escalated(world)
    world.zendesk.world.faults.dropEveryNthWebhook = 1
    await world.zendesk.world.clock.advance(150 * 60_000)
    await world.agent('Elif').put(ticket.id, { comment: { body: 'Sorry', public: true } })
    await world.settle()
    expect((await story(world, ticket.id)).slice(2)).toEqual([
      'Fri 11:30 clock-warned first-response 75',
      'Fri 12:00 clock-breached first-response',
    ])
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')
  })
})

describe('a ticket that waits for the customer', () => {
  const RESOLUTION = `
  clocks: { schedule: berlin, customer: { target: 30h, paused_in: [pending] }, resolution: { paused_in: [pending] } }
  auto_escalation: { at: [breach], clocks: [resolution] }
`
  it('rests, and goes on with the customer’s answer', async () => {
    await using world = await startClocks(RESOLUTION, { at: '2026-03-06 08:00Z' })
    const ticket = await escalated(world)
    const elif = world.agent('Elif')
    await elif.put(ticket.id, { assignee_id: elif.user.id })
    await world.advance({ hours: 2 })
    await elif.put(ticket.id, { status: 'pending', comment: { body: 'Which browser?', public: true } })
    await world.settle()
    const resolution = async () => (await world.view(ticket.id)).clocks.find(({ name }) => name === 'resolution')!
    expect(await resolution()).toMatchObject({
      ...{ state: 'paused', elapsedMs: 2 * 3_600_000, deadline: null },
      paused: { status: 'pending', by: 'Elif Aydin' },
    })

    // Over the weekend, and two hours of Monday.
    await world.advance({ hours: 72 })
    expect((await story(world, ticket.id)).filter((line) => /breached|warned/.test(line))).toEqual([])
    updateTicket(world.zendesk.world, world.agent('Jane').user, ticket.id, { comment: { body: 'All of them' } })
    await world.settle()
    const running = await resolution()
    expect(running).toMatchObject({ state: 'running', elapsedMs: 2 * 3_600_000 })
    // Two of the eight hours are gone: six are left, of Monday and its morning after.
    expect(dayAndTime(Date.parse(running.deadline!))).toBe('Mon 16:00')
    await world.advance({ hours: 6 })
    expect((await story(world, ticket.id)).slice(-3)).toEqual([
      'Mon 16:00 clock-breached resolution',
      'Mon 16:00 raised',
      'Mon 16:00 routed',
    ])
  })
})

describe('notices', () => {
  const AT_NIGHT = `
  clocks: { schedule: berlin, customer: { target: 40h } }
  timers:
    - { id: waiting, title: Nobody has accepted it for five hours, of: queue, after: 5h, then: remind, counts: calendar }
  notices: { hours: berlin, around_the_clock: [P1] }
`
  it('wait for the hours of the policy, and are listed as deferred meanwhile', async () => {
    await using world = await startClocks(AT_NIGHT, { at: '2026-03-06 15:30Z' })
    const ticket = await escalated(world)
    await world.advance({ hours: 6 })
    expect((await story(world, ticket.id)).slice(2)).toEqual(['Fri 20:30 timer-fired', 'Fri 20:30 notice-deferred'])
    expect(notices(world, ticket.id)).toEqual([])
    expect((await world.view(ticket.id)).timeline.find(({ kind }) => kind === 'notice-deferred')!.text).toMatch(
      /Nobody has accepted it/,
    )

    // Monday 08:00 UTC is nine in Berlin.
    await world.advance({ hours: 58, minutes: 29 })
    expect(notices(world, ticket.id)).toEqual([])
    await world.advance({ minutes: 1 })
    expect(notices(world, ticket.id)).toMatchObject([{ public: false }])
    expect(dayAndTime(notices(world, ticket.id)[0]!.created_at)).toBe('Mon 08:00')
  })

  it('come at once at any hour for a severity that the policy names', async () => {
    await using world = await startClocks(AT_NIGHT, { at: '2026-03-06 15:30Z' })
    const ticket = await escalated(world, aNote({ triage: { severity: 'P1' } }))
    await world.advance({ hours: 6 })
    expect(notices(world, ticket.id).map(({ created_at }) => dayAndTime(created_at))).toEqual(['Fri 20:30'])
  })

  it('that were deferred are not written into a ticket that was closed meanwhile', async () => {
    await using world = await startClocks(AT_NIGHT, { at: '2026-03-06 15:30Z' })
    const ticket = await escalated(world)
    await world.advance({ hours: 6 })
    const elif = world.agent('Elif')
    await elif.put(ticket.id, { assignee_id: elif.user.id, status: 'closed' })
    await world.advance({ hours: 80 })
    expect(notices(world, ticket.id)).toEqual([])
    expect((await story(world, ticket.id)).at(-1)).toMatch(/ticket-ended/)
  })
})

describe('on call', () => {
  it('skips a step that reaches nobody at once, and says so', async () => {
    const onCall = `
  on_call:
    people: [elif.aydin@northwind.example, jo.fraser@northwind.example]
    schedules:
      - id: weekend
        zone: Europe/Berlin
        layers:
          - { id: sundays, participants: [elif.aydin@northwind.example], starts: 2026-01-04, hours: [{ days: sun }] }
    steps:
      identity:
        - { tell: weekend, wait: 30m }
        - { tell: jo.fraser@northwind.example, wait: 15m }
        - { tell: elif.aydin@northwind.example }
`
    await using world = await startClocks(onCall)
    const ticket = await escalated(world)
    await world.settle()
    expect((await story(world, ticket.id)).slice(0, 5).toSorted()).toEqual(
      ['Fri 10:00 requested', 'Fri 10:00 nobody-notified', 'Fri 10:00 on-call-told', 'Fri 10:00 routed'].toSorted(),
    )
    await world.advance({ minutes: 15 })
    expect((await story(world, ticket.id)).at(-1)).toBe('Fri 10:15 on-call-told')
    expect(notices(world, ticket.id)[0]!.plain_body).toMatch(/nobody is on call in weekend/)
  })
})
