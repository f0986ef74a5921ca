import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOUR_MS } from '../../../core/units.ts'
import { RECOUNTED } from '../../../core/verify/recount.ts'
import { addVerifyCommands } from '../../../server/cli/verify.ts'
import { describeAgreement, describeReportVerification } from '../../../server/cli/verify-figures-report.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { verifyAgreement } from '../../../server/verify/agreement.ts'
import { verifyReport } from '../../../server/verify/verify-report.ts'
import { RESOLUTION, startLife } from '../../flow/life-world.ts'
import { aNote } from '../../support/notes.ts'
import type { TestWorld } from '../../support/world.ts'
import { DEMO_CLIENT } from '../../zendesk/seed/company.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { addSlaPolicy } from '../zendesk/add-sla-policy.ts'

let world: TestWorld
const window = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-04-01T00:00:00Z') }

/** Three escalations: resolved, returned as incomplete and resolved later, and one that nobody takes. */
beforeAll(async () => {
  world = await startLife()
  const { context } = world
  const policy_metrics = ['low', 'normal', 'high', 'urgent'].map((priority) =>
    aTarget({ metric: 'requester_wait_time', target: 240, priority }),
  )
  await addSlaPolicy({ client: await context.zendeskFor(context.account.id) }, { policy_metrics })
  const [ana, elif] = [world.agent('Ana'), world.agent('Elif')]
  const tickets = [world.newTicket(), world.newTicket(), world.newTicket()].map(({ id }) => id)
  const [one, two, three] = tickets as [number, number, number]
  for (const id of tickets) await ana.send(id, aNote())
  await world.settle()
  await world.advance({ minutes: 20 })
  await elif.say(one, 'accept')
  await elif.say(two, 'return', { reason: 'incomplete', missing: ['environment'], explanation: 'Which version?' })
  await world.advance({ hours: 1 })
  await ana.send(two, aNote(), { verb: 'amend' })
  await elif.say(one, 'resolve', { ...RESOLUTION, could_be_lower: true })
  await world.advance({ minutes: 10 })
  await elif.put(one, { status: 'solved' })
  await world.advance({ hours: 4 })
  await world.agent('Ana').put(three, { comment: { body: 'Still with us', public: true } })
  await world.advance({ minutes: 20 })
  while ((await context.measurer.pass()) > 0);
})
afterAll(() => world[Symbol.asyncDispose]())

describe('baton verify --report', () => {
  it.each(RECOUNTED)('counts %s again from events, and comes to the same', async (measure) => {
    const found = await verifyReport(world.context, { measure, ...window, by: 'tier' })
    const text = describeReportVerification(found)
    expect(found.unexplained, text).toBe(0)
    expect(
      found.differences.filter(({ reason }) => reason === 'recent'),
      text,
    ).toEqual([])
    if (measure !== 'time_to_escalate')
      expect(
        found.figures.map(({ agrees }) => agrees),
        text,
      ).not.toContain(false)
  })

  it('finds what a table of the reports has wrong, with its escalation', async () => {
    const { context } = world
    const change = (seconds: number) =>
      inAccount(context.db, context.account.id, (tx) =>
        tx
          .updateTable('measure_case')
          .set(({ eb }) => ({ amount: eb('amount', '+', seconds) }))
          .where('measure', '=', 'mttr')
          .where('outcome', '=', 'hit')
          .execute(),
      )
    const right = await verifyReport(context, { measure: 'mttr', ...window, by: null })
    await change(HOUR_MS / 1000)
    const wrong = await verifyReport(context, { measure: 'mttr', ...window, by: null })
    await change(-HOUR_MS / 1000)
    expect(right.same).toBeGreaterThan(1)
    expect(wrong.unexplained).toBeGreaterThan(0)
    expect(describeReportVerification(wrong)).toMatch(/ESC-2026-\d+ +#\d+ .* unexplained/)
  })
})

describe('baton verify --agreement', () => {
  it('says how many clocks agree to the minute, and why the others do not', async () => {
    const agreement = await verifyAgreement(world.context, window)
    expect(agreement.tickets).toBe(3)
    expect(agreement.reckoned.agrees.of).toBeGreaterThanOrEqual(9)
    expect(agreement.reckoned.agrees.share, describeAgreement(agreement)).toBe(1)
    expect(agreement.beside.unexplained).toBe(0)
    expect(agreement.beside.explained.map(({ reason }) => reason)).toContain('target')
    expect(agreement.reckoned.notComparable).toMatchObject([{ reason: 'not-reckoned' }])
    expect(describeAgreement(agreement)).toMatch(
      /To the minute: 100 % .*; unexplained: 0[\s\S]*Nothing is unexplained.$/,
    )
  })
})

describe('on the command line', () => {
  it('verifies, and says what is wrong with a question', async () => {
    const { context, zendesk } = world
    const env = {
      ...{ ZENDESK_SUBDOMAIN: context.config.zendesk.subdomain, ZENDESK_URL: zendesk.url },
      ...{ ZENDESK_CLIENT_ID: DEMO_CLIENT.identifier, ZENDESK_CLIENT_SECRET: DEMO_CLIENT.secret },
      ...{ BATON_PUBLIC_URL: 'http://localhost:9', BATON_KEY: context.config.key!.toString('base64') },
      DATABASE_URL: context.databaseUrl,
    }
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const printed: string[] = []
    const program = new Command().configureOutput({ writeOut: (text) => void printed.push(text) })
    addVerifyCommands(program)
    const run = (...args: string[]) => program.parseAsync(['verify', ...args], { from: 'user' })
    await run('--agreement', '--from', '2026-03-01', '--to', '2026-04-01', '--json').finally(() => vi.unstubAllEnvs())
    expect(JSON.parse(printed.join(''))).toMatchObject({ tickets: 3, unexplained: 0 })
    await expect(run('--report', 'mttr', '--agreement')).rejects.toThrow(
      /^Say what to verify: one of --ticket, --report/,
    )
  })
})
