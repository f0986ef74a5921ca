import { expect, it } from 'vitest'
import { aNote } from '../support/notes.ts'
import { ours, record, standing, startLife, stateOf } from './life-world.ts'

/** A P0 of a large customer in poor health: the policy would send it to the executive desk once a director agrees. */
async function waiting() {
  const world = await startLife()
  const mira = Object.values(world.zendesk.world.state.users).find(({ name }) => name === 'Mira Chen')!
  const { organizations } = world.zendesk.world.state
  Object.values(organizations).find(({ name }) => name === 'Globex Logistics')!.organization_fields.arr = 900_000
  const { id } = world.newTicket({ requester_id: mira.id })
  await world.agent('Ana').send(id, aNote({ triage: { severity: 'P0' } }))
  await world.settle()
  expect((await stateOf(world, id)).escalations).toMatchObject([{ approval: { of: 'Director', state: 'pending' } }])
  return Object.assign(world, { id })
}

it('what waited for an approval takes effect when whoever holds the role agrees', async () => {
  await using world = await waiting()
  const { id } = world
  await world.agent('Jo').say(id, 'approve')
  await world.settle()
  expect((await stateOf(world, id)).refusals).toMatchObject([{ verb: 'approve', reason: 'not-yours' }])

  await world.agent('Kim').say(id, 'approve', { comment: 'Call them today' })
  await world.settle()
  expect(standing(world, id)).toMatchObject({ group: 'Executive desk', queue: ['executive'] })
  expect(world.ticket(id).tags).toContain('business_critical')
  expect((await record(world, id)).find(({ kind }) => kind === 'handed-on')).toMatchObject({ via: 'approval', tier: 4 })

  await world.agent('Kim').say(id, 'approve')
  await world.settle()
  expect(ours(world, id).at(-1)!.plain_body).toContain('Kim Dubois has answered already')
})

it('what is not approved goes on where it is', async () => {
  await using world = await waiting()
  const { id } = world
  await world.agent('Kim').say(id, 'reject', { reason: 'The account team has it' })
  await world.settle()
  expect((await stateOf(world, id)).escalations).toMatchObject([
    { stage: 'requested', approval: { state: 'rejected' } },
  ])
  expect(standing(world, id).group).not.toBe('Executive desk')
})
