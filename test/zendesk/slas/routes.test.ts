import { describe, expect, it } from 'vitest'
import { startSmallAccount } from '../small-account.ts'
import { createState } from '../state/store.ts'
import { aPolicy, aTarget } from './a-policy.ts'

const PATH = 'slas/policies'

describe('an SLA policy', () => {
  it('is made last, with targets in minutes and in seconds', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    await call('POST', PATH, aPolicy({ title: 'First' }))
    const filter = { all: [{ field: 'type', operator: 'is', value: 'incident' }], any: [] }
    const made = await call('POST', `${PATH}.json`, aPolicy({ title: 'Incidents', description: 'Fast', filter }))
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(made.body.sla_policy.url)
    expect(made.body.sla_policy).toMatchObject({ title: 'Incidents', description: 'Fast', position: 2, filter })
    expect(made.body.sla_policy.policy_metrics).toEqual([
      {
        ...{ priority: 'high', metric: 'first_reply_time', target: 60, target_in_seconds: 3600 },
        business_hours: false,
      },
    ])
    const list = await call('GET', `${PATH}.json`)
    expect(list.body).toMatchObject({ count: 2, next_page: null, previous_page: null })
    expect(list.body.sla_policies[1]).toEqual(made.body.sla_policy)
    expect((await call('GET', `${PATH}/${made.body.sla_policy.id}`)).body).toEqual(made.body)
  })

  it('takes a target that is no whole minute in seconds', async () => {
    await using account = await startSmallAccount()
    const policy_metrics = [{ priority: 'low', metric: 'agent_work_time', target_in_seconds: 7290 }]
    const { body } = await account.as(account.lea)('POST', PATH, aPolicy({ policy_metrics }))
    expect(body.sla_policy.policy_metrics).toMatchObject([
      { target: 121, target_in_seconds: 7290, business_hours: false },
    ])
  })

  it('is changed, moved and taken away', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const ids: number[] = []
    for (const title of ['A', 'B', 'C']) ids.push((await call('POST', PATH, aPolicy({ title }))).body.sla_policy.id)
    const titles = async () => (await call('GET', PATH)).body.sla_policies.map(({ title }: { title: string }) => title)
    await call('PUT', `${PATH}/${ids[2]}`, { sla_policy: { title: 'D', position: 1 } })
    expect(await titles()).toEqual(['D', 'A', 'B'])
    expect(await call('PUT', `${PATH}/reorder.json?sla_policy_ids=${ids[1]},${ids[0]}`)).toMatchObject({ status: 200 })
    expect(await titles()).toEqual(['B', 'A', 'D'])
    expect(await call('PUT', `${PATH}/reorder`, { sla_policy_ids: [ids[2]] })).toMatchObject({ status: 200 })
    expect(await titles()).toEqual(['D', 'B', 'A'])
    expect(await call('DELETE', `${PATH}/${ids[1]}`)).toMatchObject({ status: 204 })
    expect(await titles()).toEqual(['D', 'A'])
    expect(await call('GET', `${PATH}/${ids[1]}`)).toMatchObject({ status: 404 })
  })

  it.each([
    ['no title', { title: '' }, 'title'],
    ['no filter', { filter: null }, 'filter'],
    ['a field of updates', { filter: { all: [{ field: 'update_type', operator: 'is', value: 'Create' }] } }, 'filter'],
    [
      'a priority, which targets have',
      { filter: { all: [{ field: 'priority', operator: 'is', value: 'high' }] } },
      'filter',
    ],
    ['an operator about change', { filter: { any: [{ field: 'type', operator: 'changed' }] } }, 'filter'],
    ['a group nobody has', { filter: { all: [{ field: 'group_id', operator: 'is', value: '1' }] } }, 'filter'],
    ['a metric nobody knows', { policy_metrics: [aTarget({ metric: 'resolution_time' })] }, 'policy_metrics'],
    ['no priority', { policy_metrics: [aTarget({ priority: null })] }, 'policy_metrics'],
    ['no time at all', { policy_metrics: [aTarget({ target: 0 })] }, 'policy_metrics'],
    ['two targets in one place', { policy_metrics: [aTarget(), aTarget({ target: 5 })] }, 'policy_metrics'],
  ])('is refused with %s', async (_, wrong, column) => {
    await using account = await startSmallAccount()
    const answer = await account.as(account.lea)('POST', PATH, aPolicy(wrong))
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.body.details)).toEqual([column])
  })

  it.each([
    ['an agent', 'enterprise', 'ana', 403, 403],
    ['an admin of a team account', 'team', 'lea', 403, 403],
    ['an admin of a growth account', 'growth', 'lea', 200, 403],
    ['an admin of an enterprise account', 'enterprise', 'lea', 200, 200],
  ] as const)('is for the right people and plans: %s', async (_, plan, who, status, groupStatus) => {
    await using account = await startSmallAccount({ state: createState({ plan }) })
    const call = account.as(account[who])
    expect(await call('GET', `${PATH}.json`)).toMatchObject({ status })
    expect(await call('GET', 'group_slas/policies.json')).toMatchObject({ status: groupStatus })
  })

  it('may be made of what its definitions say', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const { definitions } = (await call('GET', `${PATH}/definitions.json`)).body
    type Item = { value: string; operators: { value: string }[]; values: { type: string; list: { value: string }[] } }
    const listed = (definitions.all as Item[]).filter(({ values }) => values.type === 'list')
    expect(listed.map(({ value }) => value)).toContain('brand_id')
    for (const { value: field, operators, values } of listed) {
      const all = [{ field, operator: operators[0]!.value, value: values.list.at(-1)!.value }]
      expect(await call('POST', PATH, aPolicy({ filter: { all, any: [] } })), field).toMatchObject({ status: 201 })
    }
  })
})
