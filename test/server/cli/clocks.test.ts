import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/units.ts'
import { gatherClocks } from '../../../server/cli/clocks-gather.ts'
import { describeClocks, listClocks } from '../../../server/cli/clocks-report.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { DEMO_CLIENT } from '../../zendesk/seed/company.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { addSlaPolicy } from '../zendesk/add-sla-policy.ts'
import { runBaton } from './run-baton.ts'

let world: TestWorld
let env: Record<string, string>
/** Created at 10:00, escalated at 10:10; it is 10:40. */
let ticketId: number
beforeAll(async () => {
  world = await startWorld({ at: '2026-03-06 10:00Z' })
  const { context, zendesk } = world
  env = {
    ZENDESK_SUBDOMAIN: context.config.zendesk.subdomain,
    ZENDESK_URL: zendesk.url,
    ZENDESK_CLIENT_ID: DEMO_CLIENT.identifier,
    ZENDESK_CLIENT_SECRET: DEMO_CLIENT.secret,
    BATON_PUBLIC_URL: 'http://localhost:9',
    DATABASE_URL: context.databaseUrl,
    BATON_KEY: context.config.key!.toString('base64'),
  }
  const waits = { metric: 'requester_wait_time', target: 120 }
  const policy_metrics = ['normal', 'high'].map((priority) => aTarget({ ...waits, priority }))
  await addSlaPolicy({ client: await context.zendeskFor(context.account.id) }, { policy_metrics })
  ticketId = world.newTicket({ priority: 'high' }).id
  await world.advance({ minutes: 10 })
  await world.agent('Ana').send(ticketId, aNote())
  await world.settle()
  await world.advance({ minutes: 30 })
})
afterAll(() => world?.[Symbol.asyncDispose]())

describe('baton clocks', () => {
  it('shows each clock of the ticket, when it is used up, and why', async () => {
    const text = describeClocks(await gatherClocks(world.context, ticketId), false)
    expect(text).toMatch(/^Ticket \d+, ESC-2026-\d+ \(requested\), as of 2026-03-06 10:40 UTC\n/)
    expect(text).toMatch(/tier 2 resolution +running +8h +30m +2026-03-06 18:10 UTC +every hour/)
    expect(text).toMatch(/customer +running +1d +40m +2026-03-07 10:00 UTC/)
    expect(text).toContain(
      'The tier 2 resolution clock is due 2026-03-06 18:10 UTC: 8h counted since 2026-03-06 10:10 UTC.',
    )
    expect(text).not.toContain('WHAT')
  })

  it('shows Zendesk’s own beside them, and why the two differ', async () => {
    const text = describeClocks(await gatherClocks(world.context, ticketId), false)
    expect(text).toMatch(/requester wait time +running +2h calendar +40m +2026-03-06 12:00 UTC +Everyone/)
    const [, sideBySide] = text.split('Side by side\n')
    expect(sideBySide!.split('\n').slice(0, 3)).toEqual([
      "tier 2 resolution and Zendesk's requester wait time differ:",
      '  Zendesk counts from 2026-03-06 10:00 UTC, Baton from 2026-03-06 10:10 UTC.',
      "  Zendesk's policy promises 2h, Baton's 8h.",
    ])
  })

  it('lists what was counted and what was not, when it is asked to', async () => {
    const text = describeClocks(await gatherClocks(world.context, ticketId), true)
    expect(text).toMatch(/FROM +TO +FOR +WHAT\n2026-03-06 10:10 UTC +2026-03-06 18:10 UTC +8h +counted/)
  })

  it('takes Zendesk’s side from what was kept when Zendesk does not answer, and says so', async () => {
    const now = await gatherClocks(world.context, ticketId)
    const { answers } = world.zendesk.world.faults
    answers.push({ method: 'GET', path: /^\/api/, answer: { status: 503, body: 'maintenance' }, times: 10 })
    const later = await gatherClocks(world.context, ticketId)
    answers.length = 0
    expect(later.clocks).toEqual(now.clocks)
    expect(later.zendesk).toMatchObject({ source: 'kept', clocks: now.zendesk.clocks, shown: [] })
    expect(describeClocks(later, false)).toMatch(
      /from what was kept of its export\nZendesk did not answer as it should/,
    )
  })

  it('prints all of it as JSON, with instants in ISO 8601 and stable words', async () => {
    const listed = JSON.parse(JSON.stringify(listClocks(await gatherClocks(world.context, ticketId))))
    expect(listed).toMatchObject({
      ...{ ticketId, asOf: '2026-03-06T10:40:00.000Z', escalation: { stage: 'requested' } },
      zendesk: { source: 'zendesk', trouble: null },
    })
    const resolution = listed.clocks.find(({ name }: { name: string }) => name === 'resolution')
    expect(resolution).toMatchObject({
      ...{ tier: 2, state: 'running', targetMs: 8 * HOUR_MS, deadline: '2026-03-06T18:10:00.000Z' },
      explanation: {
        stretches: [{ from: '2026-03-06T10:10:00.000Z', to: '2026-03-06T18:10:00.000Z', kind: 'counted' }],
      },
      zendesk: { metric: 'requester_wait_time', agrees: false },
    })
    expect(resolution.zendesk.differences).toMatchObject([
      { what: 'start', theirs: '2026-03-06T10:00:00.000Z' },
      { what: 'target', theirsMs: 2 * HOUR_MS },
    ])
    expect(JSON.stringify(listed)).not.toMatch(/"[a-zA-Z]+(At|since)":\d/)
  })

  it('runs as a command', async () => {
    const { code, printed, said } = await runBaton(['clocks', '--ticket', String(ticketId), '--json'], env)
    expect({ code, said }).toEqual({ code: 0, said: '' })
    expect(JSON.parse(printed).clocks.length).toBeGreaterThan(1)
  })

  it('says that Zendesk refuses its export, and what to do', async () => {
    const { context } = world
    const user = Object.values(world.zendesk.world.state.users).find(
      ({ id }) => id === Object.values(world.zendesk.world.state.oauth_clients)[0]!.user_id,
    )!
    const { role, role_type } = user
    Object.assign(user, { role: 'agent', role_type: 0 })
    await world.advance({ minutes: 5 })
    const found = await gatherClocks(context, ticketId)
    Object.assign(user, { role, role_type })
    expect(describeClocks(found, false)).toMatch(
      /export of metric events to admins only, so none are kept. Make Baton's user/,
    )
    expect(listClocks(found)).toMatchObject({ zendesk: { source: 'zendesk', trouble: null, export: 'denied' } })
  })
})

describe('baton clocks is refused', () => {
  it('for a ticket that Zendesk does not have', async () => {
    await expect(gatherClocks(world.context, 4711)).rejects.toThrow(
      "Zendesk has no ticket 4711, or Baton's user may not see it.",
    )
  })

  it('for a ticket that nobody escalated, also while Zendesk is away', async () => {
    const { id } = world.newTicket()
    const none = `Baton knows of no escalation on ticket ${id}, and its clocks begin with one.`
    await expect(gatherClocks(world.context, id)).rejects.toThrow(new Error(none))
    const { answers } = world.zendesk.world.faults
    answers.push({ method: 'GET', path: /^\/api/, answer: { status: 503, body: 'maintenance' }, times: 10 })
    await expect(gatherClocks(world.context, id)).rejects.toThrow(
      `${none} Whether there is such a ticket, Zendesk does not say`,
    )
    answers.length = 0
  })

  it.each([
    ['without a ticket', [], /--ticket/],
    ['with what is no number', ['--ticket', 'seven'], /Write the number of a ticket, such as 35436/],
    ['with a number below one', ['--ticket', '0'], /Write the number of a ticket/],
  ])('%s', async (_, args, message) => {
    const { code, printed, said } = await runBaton(['clocks', ...args], env)
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
    expect(said).toMatch(message)
    expect(said).not.toMatch(/\n\s+at /)
  })

  it('with a sentence when the environment names no Zendesk', async () => {
    const { code, printed, said } = await runBaton(['clocks', '--ticket', String(ticketId)], {})
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
    expect(said).toMatch(/ZENDESK_SUBDOMAIN/)
    expect(said).not.toMatch(/\n\s+at /)
  })
})
