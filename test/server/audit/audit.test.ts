import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PressureReport } from '../../../core/pressure/meter.ts'
import type { ReasonReview } from '../../../core/review/reasons.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { auditOneTicket } from '../../../server/audit/audit-ticket.ts'
import { gatherAudit, type NamedAudit } from '../../../server/audit/gather-audit.ts'
import { describeAudit, describeTicketAudit } from '../../../server/cli/audit-report.ts'
import { describePressure } from '../../../server/cli/pressure-report.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { startClocks } from '../../flow/clocks-world.ts'
import { signInAtDesk } from '../../support/desk.ts'
import { aNote } from '../../support/notes.ts'
import type { TestWorld } from '../../support/world.ts'

let world: TestWorld
/** Escalated; then Elif lets it rest for two hours without a word, and with words that ask nothing. */
let ticketId: number
beforeAll(async () => {
  world = await startClocks('  clocks: { customer: { target: 24h, paused_in: [pending] } }\n', {
    at: '2026-03-06 10:00Z',
  })
  ticketId = world.newTicket().id
  const elif = world.agent('Elif')
  await world.agent('Ana').send(ticketId, aNote())
  await world.settle()
  await elif.say(ticketId, 'accept')
  await world.advance({ minutes: 30 })
  await elif.put(ticketId, { status: 'pending' })
  await world.advance({ hours: 2 })
  await elif.put(ticketId, { status: 'open' })
  await world.advance({ hours: 1 })
  await elif.put(ticketId, { status: 'pending', comment: { body: 'We are on it.', public: true } })
  await world.advance({ minutes: 10 })
  await keepHistory()
})
afterAll(() => world[Symbol.asyncDispose]())

/** The account's history as an export would have told it, without words. */
async function keepHistory(): Promise<void> {
  const { context } = world
  const elif = world.agent('Elif').user
  const at = Date.parse('2026-03-06T10:30:00Z')
  const row = (auditId: number, minutes: number, value: string, previous: string) => ({
    ...{
      account_id: context.account.id,
      ticket_id: ticketId,
      at: at + minutes * MINUTE_MS,
      audit_id: auditId,
      part: 1,
    },
    ...{ field: 'status', value, previous, by_id: elif.id, rule_id: null },
  })
  await inAccount(context.db, context.account.id, async (tx) => {
    await tx
      .insertInto('ticket_change')
      .values([row(1, 0, 'pending', 'open'), row(2, 120, 'open', 'pending')])
      .execute()
    await tx
      .insertInto('zendesk_user')
      .values({
        ...{ account_id: context.account.id, user_id: elif.id, name: elif.name, role: 'agent', is_active: true },
        ...{ organization_id: null, default_group_id: null, updated_at: at, read_at: at },
      })
      .execute()
  })
}

const adminName = () => Object.values(world.zendesk.world.state.users).find(({ role }) => role === 'admin')!.name

const window = { from: Date.parse('2026-03-06T00:00:00Z'), to: Date.parse('2026-03-07T00:00:00Z') }

describe('baton audit clocks', () => {
  it('shows by pattern what stood still, and which clocks of Baton’s', async () => {
    const audit = await gatherAudit(world.context.account.id, world.context, window)
    const pending = audit.patterns.find(({ pattern }) => pattern === 'silent-pending')!
    expect(pending.findings).toMatchObject([{ ticketId, evidence: [{ auditId: 1 }, { auditId: 2 }] }])
    expect(pending.findings[0]!.moved).toEqual(
      expect.arrayContaining([
        { clock: 'customer', ms: 2 * HOUR_MS },
        { clock: 'tier 2 resolution', ms: 2 * HOUR_MS },
      ]),
    )
    expect(pending.people, 'one chance is too few to name anybody').toEqual([])
    const text = describeAudit(audit)
    expect(text).toMatch(/Pending without a question to the customer: 100 % \(1 of 1, \d+ to 100 %\)/)
    expect(text).not.toContain('Elif')
  })

  it('reads the words of one ticket', async () => {
    const found = await auditOneTicket(world.context, ticketId)
    expect(found.findings.map(({ evidence: [first] }) => first!.what)).toEqual([
      'pending, no public comment',
      'pending, and the public comment asks nothing',
    ])
    expect(describeTicketAudit(ticketId, found)).toMatch(/2026-03-06 10:30 UTC +2h +pending, no public comment .*Elif/)
  })

  it('has the pressure and the coaching of the same record beside it on the page', async () => {
    const admin = await signInAtDesk(world, adminName())
    const pressure = await admin.read<PressureReport>('/desk/pressure?zone=Asia/Kolkata')
    expect(pressure).toMatchObject({ zone: 'Asia/Kolkata', all: { n: 1, value: 0 } })
    expect((await admin.ask('/desk/pressure?zone=Mars/Olympus')).status).toBe(422)
    expect(describePressure(pressure)).toMatch(/^Pressure, .*: 0\.0 of 100, mean of 1 escalations/)
    const coaching = await admin.read<ReasonReview>('/desk/coaching?month=2026-03')
    expect(coaching).toMatchObject({ month: '2026-03', escalations: 1 })
    expect(coaching.coaching.map(({ sign }) => sign)).toEqual(['could-be-lower', 'returned', 'had-to-ask'])
    expect((await admin.ask('/desk/coaching?month=2026-13')).status).toBe(422)
    const ana = await signInAtDesk(world, 'Ana')
    for (const path of ['/desk/pressure', '/desk/coaching']) expect((await ana.ask(path)).status).toBe(403)
  })

  it('is on the page for those who lead, and for nobody else', async () => {
    const path = `/desk/audit?from=${new Date(window.from).toISOString()}&to=${new Date(window.to).toISOString()}`
    const admin = await signInAtDesk(world, adminName())
    expect((await admin.read<NamedAudit>(path)).patterns).toHaveLength(5)
    expect((await admin.ask('/desk/audit?from=yesterday')).status).toBe(422)
    expect((await admin.ask('/desk/audit?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z')).status).toBe(422)
    expect((await (await signInAtDesk(world, 'Ana')).ask(path)).status).toBe(403)
  })
})
