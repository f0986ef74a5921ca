import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import { type Answer, COMMAND_FORMS, COMMAND_NAMES, type CommandName } from '../../core/command/forms.ts'
import { LIFE } from '../../core/escalation/life.ts'
import { renderForm } from '../../core/form/render-form.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { updateTicket } from '../zendesk/tickets/create.ts'
import { mergeTickets } from '../zendesk/tickets/merge.ts'
import { ours, RESOLUTION, record, standing, startLife, stateOf, told } from './life-world.ts'

describe('the life of an escalation', () => {
  it('goes from the front line to the specialists and back, to engineering, to a fix, and home', async () => {
    await using world = await startLife()
    const { id } = world.newTicket({ subject: 'SSO login fails' })
    const [ana, elif, jo] = [world.agent('Ana'), world.agent('Elif'), world.agent('Jo')]
    const then = async (sent: Promise<{ kind: string }>) => {
      expect((await sent).kind).toBe('sent')
      await world.settle()
      return standing(world, id)
    }

    expect(await then(ana.send(id, aNote()))).toEqual({
      ...{ group: 'Identity specialists', assignee: null, status: 'open' },
      ...{ stage: ['requested'], queue: ['identity'] },
    })
    const missing = ['Reproduction steps']
    expect(await then(elif.say(id, 'return', { reason: 'incomplete', missing }))).toMatchObject({
      ...{ group: 'Support', assignee: 'Ana Lindqvist', stage: ['returned'] },
    })
    const complete = aNote({ diagnostics: { reproduction_steps: ['Sign in with SSO', 'Wait for the redirect'] } })
    expect(await then(ana.send(id, complete, { verb: 'amend' }))).toMatchObject({
      ...{ group: 'Identity specialists', assignee: null, stage: ['requested'] },
    })
    expect(await then(elif.say(id, 'accept'))).toMatchObject({ assignee: 'Elif Aydin', stage: ['accepted'] })
    expect(
      await then(elif.say(id, 'hand-on', { tier: 3, reason: 'The certificate cache is in the platform' })),
    ).toMatchObject({ group: 'Security response', assignee: null, stage: ['requested'], queue: ['security'] })
    expect(await then(jo.say(id, 'accept'))).toMatchObject({ assignee: 'Jo Fraser', stage: ['accepted'] })
    await world.advance({ minutes: 20 })
    expect(
      await then(
        jo.say(id, 'progress', { status: 'fixing', root_cause: 'A stale cache', actions_taken: ['Read logs'] }),
      ),
    ).toMatchObject({ stage: ['fixing'] })
    await then(jo.say(id, 'link-issue', { url: 'https://github.com/northwind/platform/issues/812' }))
    await then(jo.say(id, 'decide-release', { release: 'hotfix', date: '2026-03-06T14:00:00Z', reason: 'Many wait' }))
    await then(jo.say(id, 'fix-available', { version: '4.2.1', what: 'Sign-ins work again' }))
    await jo.put(id, { comment: { body: 'Fixed in 4.2.1. Can you confirm?', public: true } })
    await world.settle()
    expect(await then(jo.say(id, 'resolve', RESOLUTION))).toMatchObject({
      ...{ group: 'Security response', assignee: 'Jo Fraser', stage: ['monitoring'] },
    })
    await world.advance({ hours: 24 })
    expect(await then(jo.say(id, 'deescalate', { rationale: 'It held for a day', customer_confirmed: true }))).toEqual({
      ...{ group: 'Support', assignee: 'Ana Lindqvist', status: 'open' },
      ...{ stage: ['closed'], queue: ['security'] },
    })

    expect(await told(world, id)).toEqual([
      ...['requested by Ana', 'routed', 'returned by Elif', 'routed', 'amended by Ana', 'came-back by Ana', 'routed'],
      ...[
        'accepted by Elif',
        'handed-on by Elif',
        'routed',
        'accepted by Jo',
        'progressed by Jo',
        'issue-linked by Jo',
      ],
      ...[
        'release-decided by Jo',
        'promise-moved by Jo',
        'fix-available by Jo',
        'customer-told by Jo',
        'resolved by Jo',
      ],
      ...['monitoring-ended', 'deescalated by Jo', 'routed'],
    ])
    const { escalations, refusals } = await stateOf(world, id)
    expect(refusals).toEqual([])
    expect(escalations).toMatchObject([{ stage: 'closed', ending: { how: 'de-escalated', missing: [] } }])
    expect(ours(world, id).filter((comment) => comment.public)).toEqual([])
    const instants = (await record(world, id)).map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  })
})

type Stage = 'requested' | 'returned' | 'accepted' | 'investigating' | 'fixing' | 'resolved' | 'closed'
const STAGES: readonly Stage[] = ['requested', 'returned', 'accepted', 'investigating', 'fixing', 'resolved', 'closed']

/** A whole answer to each command, so that only the stage can be in its way. */
const ANSWERS: { [N in CommandName]: Partial<Answer<N>> } = {
  accept: {},
  return: { reason: 'wrong_queue' },
  'ask-help': { people: ['Jo Fraser'], question: 'Have you seen this before?' },
  'had-to-ask': { sections: ['Environment'] },
  progress: { actions_taken: ['Read the logs'] },
  'hand-on': { queue: 'data', reason: 'It is the export' },
  'link-issue': { url: 'https://github.com/northwind/platform/issues/812' },
  'decide-release': { release: 'hotfix', date: '2026-03-09T14:00:00Z', reason: 'Many wait' },
  'fix-available': { version: '4.2.1', what: 'Sign-ins work again' },
  resolve: RESOLUTION,
  deescalate: { rationale: 'It held' },
  'same-problem': { escalation: 'ESC-2025-000041' },
  approve: {},
  reject: { reason: 'Not for this customer' },
}

/** Brings an escalation of Ana's into a stage, with the Identity specialists. */
async function bring(world: TestWorld, stage: Stage): Promise<number> {
  const { id } = world.newTicket()
  const elif = world.agent('Elif')
  await world.agent('Ana').send(id, aNote())
  await world.settle()
  const steps: Record<Stage, readonly (() => Promise<unknown>)[]> = {
    requested: [],
    returned: [() => elif.say(id, 'return', { reason: 'wrong_queue' })],
    accepted: [() => elif.say(id, 'accept')],
    investigating: [() => elif.say(id, 'accept'), () => elif.say(id, 'progress', { status: 'investigating' })],
    fixing: [() => elif.say(id, 'accept'), () => elif.say(id, 'progress', { status: 'fixing' })],
    resolved: [() => elif.say(id, 'accept'), () => elif.say(id, 'resolve', RESOLUTION)],
    closed: [
      () => elif.say(id, 'accept'),
      () => elif.say(id, 'resolve', RESOLUTION),
      () => elif.say(id, 'deescalate', { rationale: 'It held' }),
    ],
  }
  for (const step of steps[stage]) {
    await step()
    await world.settle()
  }
  expect((await stateOf(world, id)).escalations.at(-1)).toMatchObject({ stage })
  return id
}

describe('a command', () => {
  it.each(STAGES)(
    'is carried out in the stage %s when that allows it, and refused in the ticket when not',
    async (stage) => {
      await using world = await startLife()
      // What is refused changes nothing, so one ticket serves for all of it.
      const unchanged = await bring(world, stage)
      for (const command of COMMAND_NAMES) {
        // That the problem is known is said where nothing is open as well.
        const isAllowed = LIFE[command].stages.includes(stage) || command === 'same-problem'
        // Nothing waits for approval here.
        const isTaken = isAllowed && !['approve', 'reject'].includes(command)
        // Zendesk takes thirty updates of one person in ten minutes.
        await world.advance({ minutes: 1 })
        const id = isTaken ? await bring(world, stage) : unchanged
        const comments = ours(world, id).length
        const before = (await stateOf(world, id)).refusals.length
        await world.agent('Elif').say(id, command, ANSWERS[command])
        await world.settle()
        const refusals = (await stateOf(world, id)).refusals.slice(before)
        expect(
          refusals.map(({ verb }) => verb),
          `${command} in ${stage}`,
        ).toEqual(isTaken ? [] : [command])
        if (isTaken) continue
        const said = ours(world, id).slice(comments)
        expect(
          said.map((comment) => [comment.public, comment.plain_body]),
          `${command} in ${stage}`,
        ).toEqual([[false, expect.stringContaining(refusals[0]!.detail)]])
        expect((await record(world, id)).at(-1)).toMatchObject({ kind: 'refused', by: 'Elif Aydin' })
      }
    },
  )

  it.each<[who: string, command: CommandName, stage: Stage, reason: string]>([
    ['Ana', 'accept', 'requested', 'not-yours'],
    ['Gus', 'resolve', 'accepted', 'not-yours'],
    ['Max', 'progress', 'accepted', 'light-agent'],
    ['Elif', 'approve', 'accepted', 'not-yours'],
  ])('of %s, who may not %s, is refused in words', async (who, command, stage, reason) => {
    await using world = await startLife()
    const id = await bring(world, stage)
    if (who === 'Max') {
      const html_body = renderForm(COMMAND_FORMS.progress, COMMAND_FORMS.progress.schema.parse(ANSWERS.progress))
      await world.agent(who).put(id, { comment: { html_body, public: false } })
    } else await world.agent(who).say(id, command, ANSWERS[command])
    await world.settle()
    const { refusals } = await stateOf(world, id)
    expect(refusals).toMatchObject([{ verb: command, reason }])
    expect(ours(world, id).at(-1)!.plain_body).toContain(refusals[0]!.detail)
  })

  it('of an admin or of whoever asked counts where groups do not', async () => {
    await using world = await startLife()
    const id = await bring(world, 'returned')
    await world.agent('Ana').say(id, 'deescalate', { rationale: 'It was our mistake' })
    await world.settle()
    expect((await stateOf(world, id)).escalations).toMatchObject([{ stage: 'closed', ending: { how: 'withdrawn' } }])

    const other = await bring(world, 'requested')
    await world.agent('Lea').say(other, 'accept')
    await world.settle()
    expect((await stateOf(world, other)).escalations).toMatchObject([
      { stage: 'accepted', owner: { name: 'Lea Novak' } },
    ])
    // She is not among the specialists, so that Zendesk has nobody assigned.
    expect(standing(world, other)).toMatchObject({ group: 'Identity specialists', assignee: null })
  })

  it('counts without the app when a macro or a phone wrote it well', async () => {
    await using world = await startLife()
    const id = await bring(world, 'requested')
    const html_body = renderForm(COMMAND_FORMS.accept, { comment: 'On it' })
    await world.agent('Elif').put(id, { comment: { html_body, public: false } })
    await world.settle()
    expect((await record(world, id)).at(-1)).toMatchObject({ kind: 'accepted', by: 'Elif Aydin', comment: 'On it' })
  })

  it('is refused when it was copied from another ticket, or its words were changed on the way', async () => {
    await using world = await startLife()
    const [from, to] = [await bring(world, 'requested'), await bring(world, 'requested')]
    const { state } = world.zendesk.world
    await world.agent('Elif').say(from, 'accept')
    const { metadata } = state.audits[from]!.at(-1)!
    const copied = (comment: string) => ({
      comment: { html_body: renderForm(COMMAND_FORMS.accept, { comment }), public: false },
      metadata: metadata.custom,
    })
    await world.agent('Elif').put(to, copied(''))
    await world.settle()
    expect((await stateOf(world, to)).refusals).toMatchObject([{ reason: 'other-ticket' }])

    const baton = { ...(metadata.custom.baton as object), ticket: to, id: ulid() }
    await world.agent('Elif').put(to, { ...copied('Changed'), metadata: { baton } })
    await world.settle()
    expect((await stateOf(world, to)).refusals.at(-1)).toMatchObject({ reason: 'digest-mismatch' })
    expect((await stateOf(world, to)).escalations).toMatchObject([{ stage: 'requested' }])
  })

  it('that two people give at once is carried out once, and the other is told', async () => {
    await using world = await startLife()
    const id = await bring(world, 'accepted')
    await Promise.all([
      world.agent('Elif').say(id, 'return', { reason: 'wrong_queue' }),
      world.agent('Lea').say(id, 'hand-on', { tier: 3, reason: 'It needs engineering' }),
    ])
    await world.settle()
    const { escalations, refusals } = await stateOf(world, id)
    expect(refusals).toHaveLength(1)
    const kinds = (await record(world, id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'returned' || kind === 'handed-on' || kind === 'refused')).toHaveLength(2)
    expect(standing(world, id).stage).toEqual([escalations[0]!.stage])
  })

  it('is refused once the ticket was merged', async () => {
    await using world = await startLife()
    const [id, other] = [await bring(world, 'accepted'), world.newTicket().id]
    const { world: zendesk } = world.zendesk
    const writer = { user: world.agent('Elif').user, channel: 'web' }
    mergeTickets(zendesk, writer, world.ticket(other), [id], {})
    await world.settle()
    expect((await stateOf(world, id)).escalations).toMatchObject([{ stage: 'closed' }])
    // A closed ticket takes no comment, so that nothing can be said in it.
    expect((await world.agent('Elif').say(id, 'resolve', RESOLUTION)).kind).toBe('not-sent')
  })

  it('that came in just before the ticket was closed is told as refused in the record', async () => {
    await using world = await startLife()
    const id = await bring(world, 'accepted')
    const { world: zendesk } = world.zendesk
    updateTicket(zendesk, world.agent('Elif').user, id, { status: 'solved' })
    await world.agent('Elif').say(id, 'return', { reason: 'wrong_queue' })
    updateTicket(zendesk, world.agent('Elif').user, id, { status: 'closed' })
    await world.settle()
    await world.advance({ hours: 1 })
    const { escalations } = await stateOf(world, id)
    expect(escalations).toMatchObject([{ stage: 'closed', routing: { state: 'refused', reason: 'ticket-closed' } }])
  })
})

describe('handing an escalation on', () => {
  it('to a place that there is not is answered with those that there are', async () => {
    await using world = await startLife()
    const id = await bring(world, 'accepted')
    await world.agent('Elif').say(id, 'hand-on', { queue: 'idnetity', reason: 'Not ours' })
    await world.settle()
    expect(ours(world, id).at(-1)!.plain_body).toMatch(/no queue “idnetity”. Tier 1 has Support \(support\)/)
  })

  it('counts a bounce, and proposes to stop at the third hand', async () => {
    await using world = await startLife()
    const id = await bring(world, 'accepted')
    await world.agent('Elif').say(id, 'hand-on', { queue: 'data', reason: 'It looks like the export' })
    await world.settle()
    await world.advance({ hours: 1 })
    await world.agent('Gus').say(id, 'hand-on', { queue: 'identity', reason: '' })
    await world.settle()
    expect((await stateOf(world, id)).refusals).toMatchObject([{ reason: 'bounce-without-reason' }])
    await world.agent('Gus').say(id, 'hand-on', { queue: 'identity', reason: 'The export is fine' })
    await world.settle()

    const events = await record(world, id)
    expect(events.find(({ kind }) => kind === 'bounced')).toMatchObject({ queue: 'identity', times: 1, costMs: 0 })
    expect(events.find(({ kind }) => kind === 'third-touch')).toMatchObject({ touches: 3 })
    expect(ours(world, id).at(-1)!.plain_body).toContain('has changed hands 3 times')
    expect(standing(world, id)).toMatchObject({ group: 'Identity specialists', queue: ['identity'] })
  })
})

describe('people who are asked to help', () => {
  it('are found by name or address, and kept by name when nobody is', async () => {
    await using world = await startLife()
    const id = await bring(world, 'accepted')
    const people = ['Jo Fraser', 'ivo@northwind.example', 'Somebody Else', 'jo@northwind.example']
    await world.agent('Elif').say(id, 'ask-help', { people, question: 'Have you seen this?' })
    await world.settle()
    const named = (name: string) => world.agent(name).user
    expect((await stateOf(world, id)).escalations[0]!.helpers).toEqual([
      { id: named('Jo').id, name: 'Jo Fraser' },
      { id: named('Ivo').id, name: 'Ivo Marek' },
      { id: null, name: 'Somebody Else' },
    ])
    expect(standing(world, id)).toMatchObject({ assignee: 'Elif Aydin', stage: ['accepted'] })
  })
})
