import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GenerateNotificationResult } from '../../../core/contract/skill.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { policyFile } from '../../support/policy-file.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot } from './a-bot.ts'

let world: TestWorld
let bot: Bot
let one: { ticketId: number; id: string }

const PEOPLE = `
  notifications:
    roles:
      tier2_lead: { name: Elif Aydin, email: elif@northwind.example }
      support_manager: { name: Lea Novak, email: lea@northwind.example }
`

beforeAll(async () => {
  const limits = { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 }
  const config = { policyFile: policyFile(readPreset('three-tier') + PEOPLE) }
  world = await startWorld({ zendesk: { limits }, config })
  one = await accepted(world)
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await aBot(world)
})

/** The escalation skill's own example. */
const HANDOFF = {
  notification_type: 'tier2_handoff',
  recipients: [{ role: 'tier2_lead' }, { role: 'account_csm' }, { role: 'support_manager' }],
  include: ['issue_summary', 'customer_context', 'troubleshooting_history', 'recommended_actions'],
  urgency: 'high',
}

const generate = async (given: object = {}, headers?: Record<string, string>) => {
  const { status, body } = await bot.act(
    'generate-notification',
    { escalation_id: one.id, ...HANDOFF, ...given },
    headers,
  )
  return {
    status,
    body: body as unknown as GenerateNotificationResult & { error: string; details: { path: string }[] },
  }
}

const stored = () =>
  inAccount(world.context.db, world.context.account.id, (tx) =>
    tx.selectFrom('notice').select(['id', 'state', 'why']).where('id', 'like', '%/api/%').execute(),
  )

describe('generate-notification', () => {
  it('tells each role’s text, and who holds it; nothing is sent', async () => {
    const { body } = await generate()
    expect(body).toMatchObject({ kind: 'handoff', urgency: 'high', queued: false })
    const byRole = new Map(body.recipients.map((recipient) => [recipient.role, recipient]))
    expect(byRole.get('tier2_lead')).toMatchObject({ name: 'Elif Aydin', suppressed: null })
    expect(byRole.get('tier2_lead')!.text).toContain('SSO login fails intermittently with SAML assertion error')
    expect(byRole.get('tier2_lead')!.text).toContain('Consulted runbook SSO-003')
    expect(byRole.get('account_csm')).toMatchObject({ name: null, suppressed: 'nobody-holds-role' })
    expect(await stored()).toEqual([])
  })

  it('carries the parts that are asked for', async () => {
    const { body } = await generate({ include: ['issue_summary'] })
    expect(body.recipients[0]!.text).not.toContain('Consulted runbook SSO-003')
  })

  it.each(['management_summary', 'executive_briefing', 'ageing_reminder', 'accepted', 'tier2_management_summary'])(
    'knows %s',
    async (notification_type) => {
      const { status, body } = await generate({ notification_type })
      expect(status, JSON.stringify(body)).toBe(200)
      expect(body.recipients[0]!.text).toContain(`/agent/tickets/${one.ticketId}`)
    },
  )

  it('tells the customer nothing that was written for ourselves', async () => {
    const { status, body } = await generate({ notification_type: 'customer_confirmation' })
    expect(status, JSON.stringify(body)).toBe(200)
    const texts = JSON.stringify(body.recipients)
    for (const inside of ['SAML', 'Executive review', 'runbook', one.id, 'Identity'])
      expect(texts).not.toContain(inside)
  })

  it('sends with the scope to write alone, once for the same Idempotency-Key', async () => {
    const reader = await aBot(world, ['read'])
    const parameters = { escalation_id: one.id, ...HANDOFF }
    expect((await reader.act('generate-notification', parameters)).status).toBe(200)
    expect(await reader.act('generate-notification', { ...parameters, send: true })).toMatchObject({
      ...{ status: 403, body: { error: 'wrong-scope' } },
    })
    expect(await stored()).toEqual([])

    const once = { 'idempotency-key': 'handoff-1' }
    expect((await generate({ send: true }, once)).body.queued).toBe(true)
    const first = await stored()
    expect(first.length).toBeGreaterThan(0)
    await Promise.all([generate({ send: true }, once), generate({ send: true }, once)])
    expect(await stored()).toHaveLength(first.length)
    await generate({ send: true })
    expect(await stored()).toHaveLength(first.length * 2)
  })

  it('sends nothing where nobody holds the role, and says so', async () => {
    const { body } = await generate({ recipients: [{ role: 'vp' }], send: true })
    expect(body).toMatchObject({
      queued: false,
      recipients: [{ role: 'vp', name: null, suppressed: 'nobody-holds-role' }],
    })
    const rows = (await stored()).filter(({ id }) => id.includes('vp'))
    expect(rows).toMatchObject([{ state: 'suppressed', why: 'nobody-holds-role' }])
  })

  it('says when nothing of the kind has happened', async () => {
    expect(await generate({ notification_type: 'resolved' })).toMatchObject({
      ...{ status: 409, body: { error: 'nothing-to-tell' } },
    })
  })

  it.each<[string, object, string]>([
    ['a kind there is not', { notification_type: 'tier2_party' }, 'notification_type'],
    ['a tier that does not have it', { notification_type: 'tier3_handoff' }, 'notification_type'],
    ['a role there is not', { recipients: [{ role: 'tier2_lead' }, { role: 'king' }] }, 'recipients.1.role'],
    ['nobody', { recipients: [] }, 'recipients'],
    ['a part there is not', { include: ['secrets'] }, 'include.0'],
    ['an urgency there is not', { urgency: 'panic' }, 'urgency'],
    ['a wish to send that is no yes or no', { send: 'yes' }, 'send'],
  ])('refuses %s with its place', async (_, given, path) => {
    const { status, body } = await generate(given)
    expect(status).toBe(422)
    expect(body.details[0]!.path).toBe(path)
  })
})
