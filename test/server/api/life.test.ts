import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EscalationResponse } from '../../../core/contract/api.ts'
import type { LifeView } from '../../../core/contract/life.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { aNote } from '../../support/notes.ts'
import { policyFile } from '../../support/policy-file.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'

const POLICY = `${readPreset('three-tier')}
  auto_escalation: { at: [], clocks: [] }
`

let world: TestWorld
beforeAll(async () => {
  world = await startWorld({ config: { policyFile: policyFile(POLICY) } })
})
afterAll(() => world?.[Symbol.asyncDispose]())

describe('what the sidebar gets to see of the life of an escalation', () => {
  it('offers each person what they may do in its stage, and nobody anything else', async () => {
    const id = await escalated()
    expect(await mayOf('Elif', id)).toEqual(
      expect.arrayContaining(['accept', 'return', 'had-to-ask', 'hand-on', 'link-issue']),
    )
    expect(await mayOf('Elif', id)).not.toContain('progress')
    expect(await mayOf('Ana', id)).toEqual(['link-issue', 'same-problem'])
    expect(await mayOf('Lea', id)).toContain('accept')
    expect(await mayOf('Max', id)).toEqual([])
    expect((await lifeOf(id, '987654321')).may).toEqual([])
    expect((await lifeOf(id, 'nobody')).may).toEqual([])

    await world.agent('Elif').say(id, 'accept')
    await world.settle()
    expect(await mayOf('Elif', id)).toEqual(expect.arrayContaining(['progress', 'resolve', 'ask-help']))
    expect(await mayOf('Elif', id)).not.toContain('accept')
  })

  it('offers everything while Zendesk does not say who looks, as Baton decides once a command comes', async () => {
    const id = await escalated()
    const farah = world.agent('Farah').user.id
    const { faults } = world.zendesk.world
    faults.answers.push({ method: 'GET', path: new RegExp(`/users/${farah}\\b`), answer: { status: 503 }, times: 9 })
    const { may } = await lifeOf(id, String(farah))
    faults.answers = []
    expect(may).toContain('accept')
    // What could not be said is asked again.
    expect(await mayOf('Farah', id)).toEqual(['link-issue', 'same-problem'])
  })

  it('shows who has it, what was done, what is promised, and which commands were taken in', async () => {
    const id = await escalated()
    const elif = world.agent('Elif')
    await elif.say(id, 'accept', {}, { commandId: '01JNXAAAAAAAAAAAAAAAAAAAAA' })
    await elif.say(id, 'progress', {
      status: 'investigating',
      actions_taken: ['Read the logs'],
      next_steps: 'Clear the cache',
      estimated_resolution: '2026-03-06 15:00 +01:00',
    })
    await elif.say(id, 'had-to-ask', { sections: ['Environment', 'Summary'] })
    await elif.say(id, 'link-issue', { url: 'https://github.com/acme/shop/issues/12' })
    await world.settle()
    const life = await lifeOf(id, String(elif.user.id))
    expect(life).toMatchObject({
      owner: { name: 'Elif Aydin' },
      progress: [{ by: { name: 'Elif Aydin' }, actions: ['Read the logs'], nextSteps: 'Clear the cache' }],
      estimate: '2026-03-06T14:00:00.000Z',
      issues: [{ key: 'acme/shop#12', state: null }],
      askedAbout: ['Environment', 'Summary'],
      promise: { isOverdue: false, nextUpdateDue: expect.any(String), silentSince: expect.any(String) },
      returned: null,
      advice: null,
      bounces: 0,
    })
    expect(life.taken).toContain('01JNXAAAAAAAAAAAAAAAAAAAAA')
    expect(life.queues).toContainEqual({ id: 'identity', name: 'Identity', tier: 2 })
  })

  it('shows what was returned and why until it comes back', async () => {
    const id = await escalated()
    await world
      .agent('Elif')
      .say(id, 'return', { reason: 'incomplete', missing: ['Environment'], explanation: 'Which?' })
    await world.settle()
    const life = await lifeOf(id, String(world.agent('Ana').user.id))
    expect(life.returned).toMatchObject({
      by: { name: 'Elif Aydin' },
      reason: 'incomplete',
      missing: ['Environment'],
      explanation: 'Which?',
    })
    expect(life.may).toEqual(expect.arrayContaining(['link-issue', 'deescalate']))

    await world.agent('Ana').send(id, aNote({ diagnostics: { environment: '2.3.4' } }), { verb: 'amend' })
    await world.settle()
    expect((await lifeOf(id, 'nobody')).returned).toBeNull()
  })

  it('advises on going back once it is resolved, and offers nothing any more when it is closed', async () => {
    const id = await escalated()
    const elif = world.agent('Elif')
    await elif.say(id, 'accept')
    await elif.say(id, 'resolve', {
      ...({ root_cause: 'A stale certificate', resolution: 'configuration', fix: 'Cleared the cache' } as const),
      ...({ article: 'not_needed', article_reason: 'Gone with 2.3.5' } as const),
    })
    await world.settle()
    const life = await lifeOf(id, String(elif.user.id))
    expect(life.resolution).toMatchObject({ code: 'configuration', rootCause: 'A stale certificate' })
    expect(['de-escalate', 'wait']).toContain(life.advice!.action)
    expect(life.may).toContain('deescalate')

    await elif.say(id, 'deescalate', { rationale: 'Stable' })
    await world.settle()
    expect((await lifeOf(id, String(elif.user.id))).may).toEqual([])
  })

  it('tells the story in sentences, oldest first', async () => {
    const id = await escalated()
    const elif = world.agent('Elif')
    await elif.say(id, 'accept')
    await elif.say(id, 'progress', { status: 'fixing', root_cause: 'A stale certificate' })
    await elif.say(id, 'hand-on', { tier: 3, reason: 'Needs a change of code' })
    await world.settle()
    const { timeline } = await viewOf(id, 'nobody')
    const told = timeline.map(({ text }) => text).join('\n')
    expect(told).toMatch(
      /^Escalated to tier 2[\s\S]*Accepted[\s\S]*Cause found: A stale certificate[\s\S]*Handed on from/,
    )
    expect(told).not.toMatch(/undefined|\[object|NaN/)
  })
})

async function escalated(): Promise<number> {
  const { id } = world.newTicket()
  await world.agent('Ana').send(id, aNote({ triage: { severity: 'P2', component: 'sso' } }))
  await world.settle()
  return id
}

async function mayOf(name: string, ticketId: number): Promise<LifeView['may']> {
  return (await lifeOf(ticketId, String(world.agent(name).user.id))).may
}

async function lifeOf(ticketId: number, claimedUser: string): Promise<LifeView> {
  return (await viewOf(ticketId, claimedUser)).escalation!.life
}

/** As the sidebar of somebody whose browser says who they are. */
async function viewOf(ticketId: number, claimedUser: string): Promise<EscalationResponse> {
  const now = Math.floor(world.context.clock.now() / 1000)
  const claims = { iss: world.context.account.subdomain, aud: 'baton', sub: claimedUser, iat: now, exp: now + 120 }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(world.appSecret))
  const answer = await fetch(`${world.baton.url}/api/tickets/${ticketId}/escalation`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return EscalationResponse.parse(await answer.json())
}
