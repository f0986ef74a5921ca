import { describe, expect, it } from 'vitest'
import { COMMAND_FORMS } from '../../core/command/forms.ts'
import { BATON_TAG } from '../../core/contract/command.ts'
import type { Form } from '../../core/form/form.ts'
import { renderForm } from '../../core/form/render-form.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { updateTicket } from '../zendesk/tickets/create.ts'
import { ours, RESOLUTION, record, standing, startLife, stateOf, told } from './life-world.ts'

/** Moves a ticket to a group as somebody does it in Zendesk's own drop-down. */
async function move(world: TestWorld, ticketId: number, who: string, group: string, more: object = {}) {
  const answer = await world.agent(who).put(ticketId, { group_id: groupId(world, group), ...more })
  expect(answer.status).toBe(200)
  await world.settle()
}

function groupId({ zendesk }: TestWorld, name: string): number {
  return Object.values(zendesk.world.state.groups).find((group) => group.name === name)!.id
}

describe('a ticket that somebody moves to specialists without a word', () => {
  it('is an escalation that owes its note: the same clocks, the same queue, and a request for the rest', async () => {
    await using world = await startLife()
    const { id } = world.newTicket({ subject: 'SSO login fails' })
    await move(world, id, 'Ana', 'Identity specialists')

    expect(await told(world, id)).toEqual(['requested by Ana', 'registered by Ana', 'routed'])
    const [escalation] = (await stateOf(world, id)).escalations
    expect(escalation).toMatchObject({
      ...{ id: 'ESC-2026-000001', stage: 'requested', registeredBy: 'move' },
      decision: { tier: 2, queue: 'identity' },
      from: { groupName: 'Support', tier: 1, assigneeId: world.agent('Ana').user.id },
    })
    expect(escalation!.owed.length).toBeGreaterThan(10)
    expect(standing(world, id)).toMatchObject({
      group: 'Identity specialists',
      stage: ['requested'],
      queue: ['identity'],
    })
    expect(world.ticket(id).tags).toContain(BATON_TAG)
    expect(ours(world, id).map((comment) => [comment.public, comment.plain_body])).toEqual([
      [false, expect.stringMatching(/Ana Lindqvist, the ticket was moved here without a note.*Please write it/)],
    ])
    expect((await world.view(id)).clocks.map(({ name, state }) => `${name} ${state}`)).toContain(
      'first-response running',
    )
  })

  it('counts the same whoever or whatever moved it: a person, a macro, a business rule, or with a note', async () => {
    await using world = await startLife()
    const { world: zendesk } = world.zendesk
    const moved = async (how: (id: number) => unknown) => {
      const { id } = world.newTicket({ subject: 'SSO login fails' })
      await how(id)
      await world.settle()
      const [escalation] = (await stateOf(world, id)).escalations
      const { decision, from, handOvers, stage, respondBy } = escalation!
      const { tier, queue, group, tags, targets } = decision
      const clocks = (await world.view(id)).clocks.map(({ name, targetMs, deadline }) => ({ name, targetMs, deadline }))
      return {
        tier,
        queue,
        group,
        tags,
        targets,
        stage,
        respondBy,
        from: from.groupName,
        tiers: handOvers.length,
        clocks,
      }
    }
    const group_id = groupId(world, 'Identity specialists')
    const byHand = await moved((id) => world.agent('Ana').put(id, { group_id }))
    const byMacro = await moved((id) =>
      world.agent('Ana').put(id, { group_id, tags: ['to_identity'], comment: { body: 'Over to you', public: false } }),
    )
    const byPhone = await moved((id) => updateTicket(zendesk, world.agent('Ben').user, id, { group_id }))
    const withNote = await moved((id) => world.agent('Ana').send(id, aNote({ triage: { severity: 'P3' } })))
    expect(byMacro).toEqual(byHand)
    expect(byPhone).toEqual(byHand)
    // The note says what it is about, which is what the customer’s tier and the priority follow from anyway.
    expect({ ...withNote, tags: [] }).toEqual({ ...byHand, tags: [] })
  })

  it('by a trigger is nobody’s doing, and all the same an escalation', async () => {
    await using world = await startLife()
    const { state } = world.zendesk.world
    const group_id = groupId(world, 'Data specialists')
    const [trigger] = Object.values(state.triggers)
    const rule = {
      ...structuredClone(trigger!),
      ...{ id: 1, title: 'Exports go to Data', position: 0, active: true },
      conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'export' }], any: [] },
      actions: [{ field: 'group_id', value: String(group_id) }],
    }
    state.triggers[rule.id] = rule
    const { id } = world.newTicket({ subject: 'The export is empty' })
    await world.agent('Ana').put(id, { tags: ['export'] })
    await world.settle()
    const [escalation] = (await stateOf(world, id)).escalations
    expect(escalation).toMatchObject({ decision: { tier: 2, queue: 'data' }, registeredBy: 'move' })
    expect(world.groupOf(id)).toBe('Data specialists')
  })

  it('takes the note afterwards, whatever that calls itself', async () => {
    await using world = await startLife()
    const { id } = world.newTicket({ subject: 'SSO login fails' })
    await move(world, id, 'Ana', 'Identity specialists')
    await world.agent('Ana').send(id, aNote())
    await world.settle()
    const { escalations, refusals } = await stateOf(world, id)
    expect(refusals).toEqual([])
    expect(escalations).toMatchObject([{ id: 'ESC-2026-000001', owed: [], note: aNote() }])
    expect(world.groupOf(id)).toBe('Identity specialists')
  })

  it('means nothing among people of one tier, back to the front line, and when it is opened there', async () => {
    await using world = await startLife()
    const identity = groupId(world, 'Identity specialists')
    const { id } = world.newTicket({ group_id: identity, assignee_id: world.agent('Elif').user.id })
    await world.settle()
    await move(world, id, 'Elif', 'Data specialists', { assignee_id: null })
    await move(world, id, 'Gus', 'Support')
    expect(await told(world, id)).toEqual([])
    expect(ours(world, id)).toEqual([])
  })

  it('before Baton came is left alone when Baton looks at the ticket for another reason', async () => {
    await using world = await startLife()
    const { id } = world.newTicket({ subject: 'SSO login fails' })
    await world.agent('Ana').put(id, { group_id: groupId(world, 'Identity specialists') })
    for (const audit of world.zendesk.world.state.audits[id]!) audit.created_at -= 90 * 86_400_000
    await world.agent('Elif').put(id, { tags: [BATON_TAG] })
    await world.settle()
    expect((await stateOf(world, id)).escalations).toEqual([])
  })
})

describe('an escalation whose ticket is moved by hand', () => {
  async function escalated(world: TestWorld): Promise<number> {
    const { id } = world.newTicket({ subject: 'SSO login fails' })
    await world.agent('Ana').send(id, aNote())
    await world.settle()
    return id
  }

  it('to another queue is handed over to it, and whoever did it is asked why', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    await move(world, id, 'Elif', 'Security response')
    expect((await told(world, id)).slice(2)).toEqual(['handed-on by Elif', 'routed'])
    expect((await stateOf(world, id)).escalations).toMatchObject([
      { stage: 'requested', decision: { tier: 3, queue: 'security' }, handOvers: [{ tier: 2 }, { tier: 3 }] },
    ])
    expect(standing(world, id)).toMatchObject({ group: 'Security response', queue: ['security'] })
    expect(ours(world, id).at(-1)!.plain_body).toContain('Elif Aydin, please say why it was moved.')
  })

  it('to a queue together with somebody who takes it stays with them', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    await move(world, id, 'Elif', 'Security response', { assignee_id: world.agent('Jo').user.id })
    expect(standing(world, id)).toMatchObject({ group: 'Security response', assignee: 'Jo Fraser' })
  })

  it('back to where it came from is returned, and comes back when it is moved there again', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    await world.agent('Elif').say(id, 'accept')
    await world.settle()
    await move(world, id, 'Elif', 'Support')
    expect((await stateOf(world, id)).escalations).toMatchObject([
      { stage: 'returned', returns: [{ reason: 'other' }] },
    ])
    expect(standing(world, id)).toMatchObject({ group: 'Support', stage: ['returned'] })

    await move(world, id, 'Ana', 'Identity specialists')
    expect((await stateOf(world, id)).escalations).toMatchObject([
      { stage: 'requested', decision: { queue: 'identity' } },
    ])
    expect((await told(world, id)).slice(3)).toEqual(['returned by Elif', 'routed', 'came-back by Ana', 'routed'])
  })

  it('to a group that is no queue is only recorded', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    const { state } = world.zendesk.world
    const [one] = Object.values(state.groups)
    state.groups[77] = { ...structuredClone(one!), id: 77, name: 'Legal' }
    await world.advance({ minutes: 6 })
    await world.agent('Lea').put(id, { group_id: 77 })
    await world.settle()
    expect((await record(world, id)).at(-1)).toMatchObject({ kind: 'moved', toGroupId: 77 })
  })

  it('and was moved by Baton itself is no news', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    await world.agent('Elif').say(id, 'return', { reason: 'wrong_queue' })
    await world.settle()
    await world.agent('Ana').put(id, { comment: { body: 'Hm', public: false } })
    await world.settle()
    expect((await told(world, id)).slice(2)).toEqual(['returned by Elif', 'routed'])
  })

  it('goes back to the group alone when the person it came from has left it, and says so', async () => {
    await using world = await startLife()
    const id = await escalated(world)
    const { state } = world.zendesk.world
    const ana = world.agent('Ana').user
    for (const membership of Object.values(state.memberships)) {
      if (membership.user_id === ana.id) delete state.memberships[membership.id]
    }
    await world.agent('Elif').say(id, 'return', { reason: 'wrong_queue' })
    await world.settle()
    expect(standing(world, id)).toMatchObject({ group: 'Support', assignee: null, stage: ['returned'] })
    expect(ours(world, id).at(-1)!.plain_body).toMatch(
      /Ana Lindqvist is no longer in Support, so nobody is assigned\.$/,
    )
  })
})

describe('going home', () => {
  it('leaves a ticket solved that has nobody to go to', async () => {
    await using world = await startLife()
    const { id } = world.newTicket({ assignee_id: null })
    await world.agent('Ana').send(id, aNote())
    await world.settle()
    await world.agent('Elif').say(id, 'accept')
    await world.settle()
    await world.agent('Elif').say(id, 'resolve', RESOLUTION)
    await world.settle()
    await world.agent('Elif').put(id, { status: 'solved', comment: { body: 'It is fixed', public: true } })
    await world.agent('Elif').say(id, 'deescalate', { rationale: 'It is fixed' })
    await world.settle()
    expect(standing(world, id)).toEqual({
      ...{ group: 'Identity specialists', assignee: 'Elif Aydin', status: 'solved' },
      ...{ stage: ['closed'], queue: ['identity'] },
    })
    expect((await stateOf(world, id)).escalations).toMatchObject([{ routing: { state: 'done' } }])
  })

  it('stays where it is and says so when the group it came from is gone', async () => {
    await using world = await startLife()
    const { id } = world.newTicket()
    await world.agent('Ana').send(id, aNote())
    await world.settle()
    const support = Object.values(world.zendesk.world.state.groups).find(({ name }) => name === 'Support')!
    support.name = 'Front line'
    await world.advance({ minutes: 6 })
    await world.agent('Elif').say(id, 'return', { reason: 'wrong_queue' })
    await world.settle()
    expect(standing(world, id)).toMatchObject({ group: 'Identity specialists', stage: ['returned'] })
    expect(ours(world, id).at(-1)!.plain_body).toContain(
      'The group “Support” is gone, so the ticket stays where it is.',
    )
  })

  it('shows the last stage on the ticket, however late an earlier one is carried out', async () => {
    await using world = await startLife()
    const { id } = world.newTicket()
    await world.agent('Ana').send(id, aNote())
    await world.settle()
    const { faults } = world.zendesk.world
    faults.answers.push({ method: 'PUT', path: `/api/v2/tickets/${id}`, times: 2, answer: { status: 503 } })
    await put(world, id, 'accept', {})
    await put(world, id, 'progress', { status: 'fixing' })
    await world.settle()
    for (let tries = 0; tries < 2; tries++) await world.advance({ hours: 1 })
    expect(standing(world, id).stage).toEqual(['fixing'])
  })
})

/** Elif's own update goes through, whatever Zendesk answers to Baton. */
async function put(world: TestWorld, id: number, command: 'accept' | 'progress', answer: object): Promise<void> {
  const form = COMMAND_FORMS[command] as Form<unknown>
  const html_body = renderForm(form, form.schema.parse(answer))
  updateTicket(world.zendesk.world, world.agent('Elif').user, id, { comment: { html_body, public: false } })
}
