import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gitHubIssue, gitHubPullRequest, gitHubRelease } from '../core/engineering/deliveries.ts'
import { SECRETS, sendFrom } from '../server/engineering/tracker-deliveries.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { ours, record, startLife, stateOf } from './life-world.ts'

let world: TestWorld
beforeEach(async () => {
  const engineering = { secrets: { github: SECRETS.github }, hosts: {} }
  world = await startLife({ at: '2026-03-06 09:00Z', config: { engineering } })
})
afterEach(() => world[Symbol.asyncDispose]())

const url = 'https://github.com/Acme/Shop/issues/12'
const closed = { state: 'closed', state_reason: 'completed' }
const tell = (body: unknown, id?: string) => sendFrom('github', world.baton.url, body, id === undefined ? {} : { id })

async function aLinkedEscalation(): Promise<number> {
  const { id } = world.newTicket()
  const elif = world.agent('Elif')
  await world.agent('Ana').send(id, aNote({ triage: { severity: 'P2', component: 'sso' } }))
  await world.settle()
  await elif.say(id, 'accept', {})
  await world.settle()
  await elif.say(id, 'progress', { status: 'fixing', root_cause: 'A stale cache' })
  await world.settle()
  await elif.say(id, 'link-issue', { url })
  await world.settle()
  return id
}

const changes = async (id: number) =>
  (await record(world, id)).filter(({ kind }) => kind === 'issue-changed').map(({ to }) => to)

describe('an escalation that is linked to an issue of engineering', () => {
  it('follows it from open to released, and asks for the customer to be told', async () => {
    const id = await aLinkedEscalation()
    await world.advance({ minutes: 30 })
    for (const body of [
      gitHubIssue({ updated_at: '2026-03-06T09:10:00Z' }),
      gitHubPullRequest({ updated_at: '2026-03-06T09:15:00Z' }),
      gitHubPullRequest({ merged: true, updated_at: '2026-03-06T09:20:00Z' }),
      gitHubIssue({ ...closed, updated_at: '2026-03-06T09:20:00Z', closed_at: '2026-03-06T09:20:00Z' }),
      gitHubRelease({ published_at: '2026-03-06T09:25:00Z' }),
    ]) {
      expect((await tell(body)).status).toBe(202)
      await world.settle()
    }
    expect(await changes(id)).toEqual(['open', 'fixed', 'released'])
    const [escalation] = (await stateOf(world, id)).escalations
    expect(escalation).toMatchObject({ fix: { by: null, at: Date.parse('2026-03-06T09:25:00Z') } })
    expect(escalation!.signals.map(({ signal }) => signal)).toContain('fix-available')
    const said = ours(world, id).filter(({ body }) => body.includes('acme/shop#12'))
    expect(said).toHaveLength(1)
    expect(said[0]).toMatchObject({ public: false, body: expect.stringContaining('please tell the customer') })
  })

  it('ends up the same when everything is told twice and backwards', async () => {
    const id = await aLinkedEscalation()
    await world.advance({ minutes: 30 })
    const bodies = [
      gitHubRelease({ published_at: '2026-03-06T09:25:00Z' }),
      gitHubIssue({ ...closed, updated_at: '2026-03-06T09:20:00Z', closed_at: '2026-03-06T09:20:00Z' }),
      gitHubPullRequest({ merged: true, updated_at: '2026-03-06T09:20:00Z' }),
      gitHubIssue({ updated_at: '2026-03-06T09:10:00Z' }),
    ]
    for (const [index, body] of [...bodies, ...bodies].entries()) {
      await tell(body, `delivery-${index % bodies.length}`)
      await world.settle()
    }
    expect((await changes(id)).at(-1)).toBe('released')
    expect(ours(world, id).filter(({ body }) => body.includes('is released'))).toHaveLength(1)
  })

  it('knows at once what was told before it was linked', async () => {
    await tell(gitHubIssue({ state: 'closed', state_reason: 'not_planned', updated_at: '2026-03-06T08:00:00Z' }))
    const id = await aLinkedEscalation()
    expect(await changes(id)).toEqual(['closed-unfixed'])
  })
})
