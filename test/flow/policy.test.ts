import { describe, expect, it } from 'vitest'
import type { Note } from '../../core/note/note.ts'
import type { PolicyProblem } from '../../core/policy/problems.ts'
import { administer } from '../../server/admin/administer.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { type SavedPolicy, savePolicy } from '../../server/policy/store.ts'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { Ticket } from '../zendesk/state/model.ts'

const three = readPreset('three-tier')
const four = readPreset('four-tier')

async function save({ context }: TestWorld, yaml: string): Promise<SavedPolicy> {
  const { db, account, clock, zendeskFor } = context
  const groups = await (await zendeskFor(account.id)).listGroups()
  const groupExists = (name: string) => groups.some((group) => group.name === name)
  return savePolicy(db, account.id, { yaml, author: 'Lea', reason: 'A test', now: clock.now(), groupExists })
}

async function putInForce(world: TestWorld, yaml: string): Promise<void> {
  const saved = await save(world, yaml)
  expect(saved).toMatchObject({ ok: true })
  await administer(world.context).setup()
}

/** Who gets a ticket with this note, and how its escalation stands. */
async function escalated(world: TestWorld, ticket: Ticket, note: Note) {
  await world.agent('Ana').send(ticket.id, note)
  await world.settle()
  const { escalation } = await world.view(ticket.id)
  const { tags } = world.ticket(ticket.id)
  return { group: world.groupOf(ticket.id), tags, routing: escalation?.routing.state, escalation: escalation! }
}

/** A ticket of somebody's organisation. */
function ticketOf(world: TestWorld, requester: string): Ticket {
  return world.newTicket({ requester_id: world.agent(requester).user.id })
}

/** Where in the text a word stands first, as an editor counts. */
function placeOf(yaml: string, word: string): { line: number; column: number } {
  const before = yaml.slice(0, yaml.indexOf(word)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

describe('a policy with a mistake', () => {
  it.each<[mistake: string, yaml: string, at: string, problem: Partial<PolicyProblem>]>([
    [
      'a key that does not exist',
      three.replace('team: support-specialists', 'taem: support-specialists'),
      'taem',
      { path: 'escalation.tiers[1].taem', meant: 'team' },
    ],
    [
      'tiers that go round in a circle',
      three
        .replace('team: support-specialists', 'team: support-specialists\n      escalates_to: 3')
        .replace('team: engineering-oncall', 'team: engineering-oncall\n      escalates_to: 2 # back'),
      '2 # back',
      { message: 'The tiers go round in a circle: 3 → 2 → 3' },
    ],
    [
      'a queue without a group',
      three.replace('group: Data specialists, ', ''),
      '{ id: data',
      { path: 'escalation.queues[3].group' },
    ],
    [
      'a group that Zendesk does not have',
      three.replace('group: Data specialists', 'group: Data wizards'),
      'Data wizards',
      { message: 'Zendesk has no group "Data wizards"; create it or name another' },
    ],
  ])('is refused with line and column for %s, and the one in force goes on', async (_, yaml, at, problem) => {
    await using world = await startWorld()
    const before = await world.context.policyFor(world.context.account.id)

    const saved = await save(world, yaml)
    const problems = saved.ok ? [] : saved.problems
    expect(problems).toContainEqual(expect.objectContaining({ ...placeOf(yaml, at), ...problem }))

    const { group, routing, escalation } = await escalated(world, world.newTicket(), aNote())
    expect({ group, routing }).toEqual({ group: 'Identity specialists', routing: 'done' })
    expect(escalation.decision.policyVersion).toBe(before.version)
  })
})

describe('a policy in force', () => {
  it('sends severities past the tiers between, and the others one tier up', async () => {
    await using world = await startWorld()
    const groupFor = async (triage: Partial<Note['triage']>) =>
      (await escalated(world, world.newTicket(), aNote({ triage }))).group

    expect(await groupFor({ severity: 'P0', component: 'exports' })).toBe('Platform engineering')
    expect(await groupFor({ category: 'security' })).toBe('Security response')
    expect(await groupFor({ severity: 'P2', component: 'exports' })).toBe('Data specialists')
    expect(await groupFor({ severity: 'P3', component: 'billing' })).toBe('Billing specialists')
  })

  it('sends customers to the tier their contract promises', async () => {
    await using world = await startWorld()
    await putInForce(
      world,
      four.replace(
        'enterprise: { name: Enterprise, at_least_tier: 2',
        'enterprise: { name: Enterprise, at_least_tier: 3',
      ),
    )
    const plain = aNote({ customer_context: { tier: '' }, triage: { component: 'exports' } })

    const acme = await escalated(world, ticketOf(world, 'Jane Hollis'), plain)
    expect(acme).toMatchObject({ group: 'Platform engineering', escalation: { decision: { priority: 'high' } } })
    expect(acme.escalation.decision.reasons.join()).toMatch(/Enterprise/)
    const wonka = await escalated(world, ticketOf(world, 'Finn Walsh'), plain)
    expect(wonka).toMatchObject({ group: 'Data specialists', escalation: { decision: { tier: 2 } } })
  })

  it('carries a ticket up four tiers, one after the other', async () => {
    await using world = await startWorld()
    await putInForce(world, four)
    const groups = ['Support', 'Identity specialists', 'Security response', 'Executive desk']
    for (const [index, group] of groups.slice(0, -1).entries()) {
      const group_id = Object.values(world.zendesk.world.state.groups).find(({ name }) => name === group)!.id
      const ticket = world.newTicket({ group_id, assignee_id: null, requester_id: world.agent('Finn Walsh').user.id })
      const note = aNote({ customer_context: { tier: '' }, triage: { component: 'sso' } })
      const { tags, ...moved } = await escalated(world, ticket, note)
      expect(moved).toMatchObject({ group: groups[index + 1], routing: 'done' })
      expect(tags).toContain(`baton_tier_${index + 2}`)
    }
  })

  it('answers for escalations that began under the one before it', async () => {
    await using world = await startWorld()
    const ticket = world.newTicket()
    const early = await escalated(world, ticket, aNote())
    await putInForce(world, four)

    await world.agent('Ana').send(ticket.id, aNote({ escalation_reason: 'More is known by now' }), { verb: 'amend' })
    await world.settle()
    const { escalation } = await world.view(ticket.id)
    expect(escalation!.note.escalation_reason).toBe('More is known by now')
    expect(escalation!.decision.policyVersion).toBe(early.escalation.decision.policyVersion)
  })
})
