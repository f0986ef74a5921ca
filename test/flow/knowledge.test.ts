import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TicketDrafts } from '../../core/contract/article-drafts.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { MINUTE_MS } from '../../core/units.ts'
import { knowledgeFindings } from '../../server/admin/doctor-knowledge.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { lookAtDrafts } from '../../server/knowledge/look-at-drafts.ts'
import { aPolicy } from '../core/policy/policies.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { LIFE_POLICY, ours, RESOLUTION, startLife, stateOf } from './life-world.ts'

const KNOWLEDGE = `
  knowledge:
    section: Known issues
    runbook_section: Runbooks
    permission_group: Agents and admins
    user_segment: Agents and managers
    labels: [escalations]
`

let world: TestWorld
beforeAll(async () => {
  world = await startLife({ policy: LIFE_POLICY + KNOWLEDGE })
})
afterAll(() => world?.[Symbol.asyncDispose]())

const center = () => world.zendesk.world.state.help_center
const articles = (escalationId: string) =>
  Object.values(center().articles).filter(({ label_names }) => label_names.includes(escalationId.toLowerCase()))
const staff = () => Object.values(center().user_segments).find(({ user_type }) => user_type === 'staff')!

/** Escalated by Ana, solved by Elif in tier 2. */
async function solved(resolution: object): Promise<{ ticketId: number; escalationId: string }> {
  const { id: ticketId } = world.newTicket({ subject: 'SSO login fails' })
  await world.agent('Ana').send(ticketId, aNote({ issue: { summary: 'Jane Hollis of Acme cannot log in' } }))
  await world.settle()
  await world.agent('Elif').say(ticketId, 'accept')
  await world.settle()
  await world.agent('Elif').say(ticketId, 'resolve', { ...RESOLUTION, ...resolution })
  await world.settle()
  return { ticketId, escalationId: (await stateOf(world, ticketId)).escalations[0]!.id }
}

const inOurs = <T>(run: Parameters<typeof inAccount<T>>[2]) =>
  inAccount(world.context.db, world.context.account.id, run)
const debtOf = (escalationId: string) =>
  inOurs((tx) => tx.selectFrom('article_debt').selectAll().where('escalation_id', '=', escalationId).executeTakeFirst())

describe('a resolution that promises an article', () => {
  it('has it drafted for agents alone, tells the ticket, and owes it until somebody publishes it', async () => {
    const { ticketId, escalationId } = await solved({ article: 'drafted', article_reason: '' })
    const [article, ...others] = articles(escalationId)
    expect(others).toEqual([])
    expect(article).toMatchObject({ user_segment_id: staff().id, notified_at: null })
    expect(article!.label_names).toEqual(['escalations', 'baton', escalationId.toLowerCase(), 'article'])
    expect(center().sections[article!.section_id]!.name).toBe('Known issues')
    const text = article!.translations['en-us']!
    expect(text.draft).toBe(true)
    expect(text.title).toContain('[customer] of [customer] cannot log in')
    expect(text.body).toContain(RESOLUTION.root_cause)

    const told = ours(world, ticketId).filter(({ plain_body }) => plain_body.includes('is drafted in the Help Center'))
    expect(told).toMatchObject([{ public: false, plain_body: expect.stringContaining(`/articles/${article!.id}-`) }])
    expect(await debtOf(escalationId)).toMatchObject({ why: 'drafted', owner: 'Elif Aydin', settled_at: null })

    const { context, clock } = { context: world.context, clock: world.zendesk.world.clock }
    const look = () => lookAtDrafts(context.account.id, { ...context, zendeskOf: context.zendeskFor })
    expect(await look(), 'still a draft').toBe(0)
    await clock.advance(10 * MINUTE_MS)
    Object.assign(text, { draft: false })
    article!.edited_at = clock.now()
    expect(await look()).toBe(1)
    expect(await debtOf(escalationId)).toMatchObject({ settled_how: 'published', settled_at: clock.now() })
    expect(await look()).toBe(0)
  })

  it('has it written once, also when the answer to it was lost', async () => {
    const { answers } = world.zendesk.world.faults
    answers.push({ method: 'POST', path: /\/sections\/\d+\/articles$/, times: 1, answer: 'after' })
    const { ticketId, escalationId } = await solved({ article: 'drafted', article_reason: '' })
    await world.advance({ minutes: 1 })
    expect(articles(escalationId)).toHaveLength(1)
    expect(ours(world, ticketId).filter(({ plain_body }) => plain_body.includes('is drafted'))).toHaveLength(1)
  })

  it('tells the ticket why there is none, and writes it when it is asked for again', async () => {
    const { account } = world.zendesk.world.state
    account.has_help_center = false
    const { ticketId, escalationId } = await solved({ article: 'drafted', article_reason: '' })
    const refused = ours(world, ticketId).filter(({ plain_body }) => plain_body.includes('No draft was written'))
    expect(refused).toMatchObject([{ public: false, plain_body: expect.stringContaining('no Help Center') }])
    expect(await debtOf(escalationId)).toMatchObject({ settled_at: null, article_url: null })

    account.has_help_center = true
    const path = `/api/tickets/${ticketId}/article-drafts`
    expect((await (await world.ask(path)).json()).drafts).toMatchObject([{ form: 'article', standing: 'refused' }])
    for (const form of ['article', 'runbook']) {
      const asked = await world.ask(path, { method: 'POST', body: JSON.stringify({ form }) })
      expect([asked.status, (await asked.json()).drafts.at(-1).standing]).toEqual([202, 'wanted'])
    }
    await world.settle()
    expect(TicketDrafts.parse(await (await world.ask(path)).json()).drafts).toMatchObject([
      { form: 'article', standing: 'draft', trouble: null },
      { form: 'runbook', standing: 'draft' },
    ])
    expect(
      articles(escalationId)
        .map(({ section_id }) => center().sections[section_id]!.name)
        .sort(),
    ).toEqual(['Known issues', 'Runbooks'])
  })

  it('is never written for anybody but agents', async () => {
    const segment = staff()
    segment.user_type = 'signed_in_users'
    const { ticketId, escalationId } = await solved({ article: 'drafted', article_reason: '' })
    segment.user_type = 'staff'
    expect(articles(escalationId)).toEqual([])
    expect(ours(world, ticketId).map(({ plain_body }) => plain_body)).toContainEqual(
      expect.stringContaining('not for agents alone'),
    )
  })
})

describe('a resolution that links an article', () => {
  it('owes nothing and drafts nothing', async () => {
    const linked = {
      article: 'linked',
      article_url: 'https://help.example.com/hc/en-us/articles/7',
      article_reason: '',
    }
    const { escalationId } = await solved(linked)
    expect([await debtOf(escalationId), articles(escalationId)]).toEqual([undefined, []])
  })
})

describe('doctor', () => {
  it('finds what the policy names in the Help Center, and says what it does not find', async () => {
    const look = async (policy: Policy) =>
      (await knowledgeFindings(policy, await world.context.zendeskFor(world.context.account.id))).map(
        ({ level, title, advice }) => `${level}: ${advice ?? title}`,
      )
    expect(await look(aPolicy(KNOWLEDGE))).toEqual([
      'ok: Drafts of articles have a section, and agents alone would read them',
    ])
    const wrong = aPolicy('  knowledge: { section: Know issues, permission_group: 7, user_segment: Signed-in users }\n')
    expect(await look(wrong)).toEqual([
      expect.stringMatching(/^failure: .*section “Know issues”; is “Known issues” meant\?/),
      expect.stringMatching(/^failure: .*permission group “7”/),
      expect.stringMatching(/^failure: .*“Signed-in users” is not for agents alone/),
    ])
    expect(await look(aPolicy())).toEqual([])
  })
})
