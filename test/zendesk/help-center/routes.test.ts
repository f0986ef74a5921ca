import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../core/units.ts'
import { type SmallAccount, startSmallAccount } from '../small-account.ts'
import { addCategory, addSection } from './place-routes.ts'

let account: SmallAccount
let section: number
beforeAll(async () => {
  account = await startSmallAccount()
  section = addSection(account.world, addCategory(account.world, { name: 'Internal' }).id, { name: 'Runbooks' }).id
})
afterAll(() => account?.[Symbol.asyncDispose]())

const lea = () => account.as(account.lea)
const ana = () => account.as(account.ana)
const groupNamed = (name: string) =>
  Object.values(account.world.state.help_center.permission_groups).find((one) => one.name === name)!.id
const staff = () =>
  Object.values(account.world.state.help_center.user_segments).find(({ user_type }) => user_type === 'staff')!.id
const create = (as: ReturnType<typeof lea>, article: object, root: object = {}) =>
  as('POST', `help_center/en-us/sections/${section}/articles.json`, { article, ...root })

describe('an article', () => {
  it('is made as a draft, goes on being one whatever an update of it says, and is published by its translation', async () => {
    const given = { title: 'Renew', body: '<p>x</p>', draft: true, user_segment_id: staff(), label_names: ['a', 'b'] }
    const made = await create(lea(), given, { notify_subscribers: false })
    const { id } = made.body.article
    expect([made.status, made.headers.get('location')]).toEqual([201, made.body.article.url])
    expect(made.body.article).toMatchObject({
      ...{ draft: true, title: 'Renew', name: 'Renew', label_names: ['a', 'b'], locale: 'en-us' },
      ...{ user_segment_id: staff(), permission_group_id: groupNamed('Admins'), section_id: section },
    })
    const path = `help_center/articles/${id}`
    expect((await lea()('PUT', `${path}.json`, { article: { draft: false } })).body.article.draft).toBe(true)
    expect((await ana()('GET', path)).status, 'a draft of admins').toBe(404)
    expect((await lea()('GET', 'help_center/articles/search?query=renew')).body.count).toBe(0)

    const published = await lea()('PUT', `${path}/translations/en-us.json`, { translation: { draft: false } })
    expect(published).toMatchObject({ status: 200, body: { translation: { draft: false, source_type: 'Article' } } })
    expect((await ana()('GET', path)).body.article.draft).toBe(false)
    expect((await lea()('GET', 'help_center/articles/search?query=renew')).body.results).toMatchObject([
      { id, result_type: 'article' },
    ])
    expect(account.world.state.help_center.articles[id]!.notified_at).toBeNull()
  })

  it('is for everyone, and told to followers, when nothing else is said', async () => {
    const { body } = await create(lea(), { title: 'Open' })
    expect(body.article).toMatchObject({ user_segment_id: null, user_segment_ids: [], draft: false })
    expect(account.world.state.help_center.articles[body.article.id]!.notified_at).not.toBeNull()
  })

  it.each([
    ['without a title', { title: ' ' }, 'title'],
    ['in a language that is not enabled', { title: 'x', locale: 'fr' }, 'locale'],
    ['for a segment that is none', { title: 'x', user_segment_id: 7 }, 'user_segment_id'],
    ['in a permission group that is none', { title: 'x', permission_group_id: 7 }, 'permission_group_id'],
  ])('is refused %s', async (_, article, field) => {
    const { status, body } = await lea()('POST', `help_center/sections/${section}/articles.json`, { article })
    expect([status, Object.keys(body.details)]).toEqual([422, [field]])
  })

  it('is refused without .json, in no section, and to whoever may not edit there', async () => {
    const article = { title: 'x', draft: true }
    const bare = await lea()('POST', `help_center/en-us/sections/${section}/articles`, { article })
    expect([bare.status, bare.body]).toEqual([415, null])
    expect((await lea()('POST', 'help_center/en-us/sections/7/articles.json', { article })).status).toBe(404)
    expect((await create(ana(), article)).status).toBe(403)
    const mine = await create(ana(), { ...article, permission_group_id: groupNamed('Agents and admins') })
    expect(mine.status).toBe(201)
    expect((await ana()('GET', `help_center/articles/${mine.body.article.id}`)).status, 'a draft of agents').toBe(200)
  })
})

describe('the Help Center', () => {
  it('shows segments and permission groups to its managers alone', async () => {
    for (const path of ['help_center/user_segments', 'guide/permission_groups', 'help_center/incremental/articles']) {
      expect([path, (await ana()('GET', path)).status]).toEqual([path, 403])
    }
    const { body } = await lea()('GET', 'guide/permission_groups')
    expect(body.permission_groups.map(({ name }: { name: string }) => name)).toEqual(['Admins', 'Agents and admins'])
    const staffOnly = (await lea()('GET', 'help_center/user_segments')).body.user_segments.filter(
      ({ user_type }: { user_type: string }) => user_type === 'staff',
    )
    expect(staffOnly).toMatchObject([{ id: staff(), built_in: true }])
  })

  it('exports what changed, drafts too, and counts it with the other exports', async () => {
    await account.clock.advance(MINUTE_MS)
    const since = Math.floor(account.clock.now() / 1000)
    const { body } = await create(lea(), { title: 'New', draft: true })
    const changed = await lea()('GET', `help_center/incremental/articles?start_time=${since}`)
    expect(changed.body).toMatchObject({ articles: [{ id: body.article.id }], end_time: since, next_page: null })
    expect(changed.headers.get('zendesk-ratelimit-incremental-exports')).toMatch(/^total=10; remaining=9/)
    const tickets = await lea()('GET', 'incremental/tickets/cursor?start_time=0')
    expect(tickets.headers.get('zendesk-ratelimit-incremental-exports')).toMatch(/remaining=8/)
  })

  it('is not there in a plan without one, and drops labels in the smallest', async () => {
    const { account: plan } = account.world.state
    plan.plan = 'team'
    expect((await create(lea(), { title: 'x', label_names: ['a'] })).body.article.label_names).toEqual([])
    plan.has_help_center = false
    expect((await create(lea(), { title: 'x' })).status).toBe(404)
    expect((await lea()('GET', 'guide/permission_groups')).status).toBe(404)
    Object.assign(plan, { plan: 'enterprise', has_help_center: true })
  })
})
