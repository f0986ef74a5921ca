import { describe, expect, it } from 'vitest'
import { startSmallAccount } from '../small-account.ts'

const PENDING = { field: 'status', operator: 'is', value: 'pending' }
const A_DAY = { field: 'PENDING', operator: 'is', value: '24' }
const SOLVE = { field: 'status', value: 'solved' }

function anAutomation(given: Record<string, unknown> = {}) {
  return { automation: { title: 'Solve', conditions: { all: [PENDING, A_DAY], any: [] }, actions: [SOLVE], ...given } }
}

describe('an automation', () => {
  it('is made, shown, changed and taken away', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const made = await call('POST', 'automations.json', anAutomation())
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(made.body.automation.url)
    expect(made.body.automation).toMatchObject({
      ...{ title: 'Solve', raw_title: 'Solve', active: true, default: false, position: 2 },
      ...{ conditions: { all: [PENDING, A_DAY], any: [] }, actions: [SOLVE] },
    })
    const { id } = made.body.automation
    const changed = await call('PUT', `automations/${id}.json`, { automation: { title: 'Solve it', active: false } })
    expect(changed.body.automation).toMatchObject({ title: 'Solve it', active: false, actions: [SOLVE] })
    expect((await account.as(account.ana)('GET', `automations/${id}`)).body).toEqual(changed.body)
    expect(await call('DELETE', `automations/${id}`)).toMatchObject({ status: 204 })
    expect(await call('GET', `automations/${id}`)).toMatchObject({ status: 404 })
  })

  it('is there from the start to close what was solved four days ago', async () => {
    await using account = await startSmallAccount()
    const { body } = await account.as(account.ana)('GET', 'automations/active.json')
    expect(body).toMatchObject({
      count: 1,
      automations: [
        {
          default: true,
          conditions: {
            all: [
              { field: 'status', value: 'solved' },
              { field: 'SOLVED', operator: 'greater_than', value: '96' },
            ],
          },
          actions: [{ field: 'status', value: 'closed' }],
        },
      ],
    })
  })

  it('is found by its title, switched off with others, and taken away with others', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const ids = []
    for (const title of ['Alpha', 'Beta'])
      ids.push((await call('POST', 'automations', anAutomation({ title }))).body.automation.id)
    const titles = async (route: string) =>
      (await call('GET', route)).body.automations.map(({ title }: { title: string }) => title)
    expect(await titles('automations/search.json?query=alph')).toEqual(['Alpha'])
    const answer = await call('PUT', 'automations/update_many.json', {
      automations: ids.map((id) => ({ id, active: false })),
    })
    expect(answer.body.count).toBe(2)
    expect(await titles('automations/active')).toHaveLength(1)
    expect(await titles('automations?active=false')).toEqual(['Alpha', 'Beta'])
    expect(await call('DELETE', `automations/destroy_many.json?ids=${ids}`)).toMatchObject({ status: 204 })
    expect(await titles('automations')).toHaveLength(1)
  })

  it.each([
    ['no title', { title: '' }, 'title'],
    ['no condition about hours', { conditions: { all: [PENDING] } }, 'base'],
    ['no condition about what it is', { conditions: { all: [A_DAY] } }, 'base'],
    ['hours only under any', { conditions: { all: [PENDING], any: [A_DAY] } }, 'base'],
    [
      'an action that leaves everything as it is',
      {
        conditions: { all: [PENDING, { ...A_DAY, operator: 'greater_than' }] },
        actions: [{ field: 'priority', value: 'high' }],
      },
      'base',
    ],
    ['no action', { actions: [] }, 'base'],
    [
      'a condition about an update',
      { conditions: { all: [PENDING, A_DAY, { field: 'update_type', operator: 'is', value: 'Create' }] } },
      'base',
    ],
    ['a condition about change', { conditions: { all: [A_DAY, { field: 'status', operator: 'changed' }] } }, 'base'],
    ['half an hour', { conditions: { all: [PENDING, { ...A_DAY, value: '0.5' }] } }, 'base'],
    ['an operator nobody knows', { conditions: { all: [PENDING, { ...A_DAY, operator: 'about' }] } }, 'base'],
    ['an unknown action', { actions: [{ field: 'nothing', value: '1' }] }, 'base'],
  ])('is refused with %s', async (_, wrong, column) => {
    await using account = await startSmallAccount()
    const answer = await account.as(account.lea)('POST', 'automations', anAutomation(wrong))
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.body.details)).toEqual([column])
  })

  const LATER = { field: 'PENDING', operator: 'greater_than', value: '24' }
  it.each([
    ['another status', [PENDING, LATER], [{ field: 'status', value: 'open' }]],
    ['an hour that comes once', [PENDING, A_DAY], [{ field: 'priority', value: 'high' }]],
    [
      'a tag that must not be there',
      [PENDING, LATER, { field: 'current_tags', operator: 'not_includes', value: 'asked' }],
      [{ field: 'current_tags', value: 'asked' }],
    ],
    [
      'a tag taken away',
      [PENDING, LATER, { field: 'current_tags', operator: 'includes', value: 'ask' }],
      [{ field: 'remove_tags', value: 'ask' }],
    ],
    [
      'a priority past the mark',
      [PENDING, LATER, { field: 'priority', operator: 'less_than', value: 'high' }],
      [{ field: 'priority', value: 'high' }],
    ],
  ])('is accepted when it stops itself by %s', async (_, all, actions) => {
    await using account = await startSmallAccount()
    const answer = await account.as(account.lea)(
      'POST',
      'automations',
      anAutomation({ conditions: { all, any: [] }, actions }),
    )
    expect(answer, answer.text).toMatchObject({ status: 201 })
  })

  it('is written by admins only', async () => {
    await using account = await startSmallAccount()
    expect(await account.as(account.ana)('POST', 'automations', anAutomation())).toMatchObject({ status: 403 })
    expect(await account.as(account.ana)('GET', 'automations')).toMatchObject({ status: 200 })
  })
})
