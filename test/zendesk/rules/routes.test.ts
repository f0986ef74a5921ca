import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'

const CONDITION = { field: 'status', operator: 'less_than', value: 'solved' }
const ACTION = { field: 'priority', value: 'high' }
const TRIGGER = { title: 'Raise it', conditions: { all: [CONDITION], any: [] }, actions: [ACTION] }

describe('/api/v2/triggers', () => {
  it('makes a trigger and says where it is', async () => {
    await using account = await startAccount()
    const { status, headers, body } = await account.call('POST', '/api/v2/triggers.json', { trigger: TRIGGER })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(body.trigger.url)
    expect(body.trigger).toMatchObject({
      title: 'Raise it',
      raw_title: 'Raise it',
      description: null,
      active: true,
      default: false,
      position: 1,
      category_id: expect.any(String),
      conditions: { all: [CONDITION], any: [] },
      actions: [ACTION],
      created_at: '2026-03-06T10:00:00Z',
    })
    expect(body.trigger.url).toMatch(/\/api\/v2\/triggers\/\d+\.json$/)
  })

  it('takes the legacy form and answers with conditions', async () => {
    await using account = await startAccount()
    const trigger = { title: 'Old', all: [CONDITION], actions: [ACTION] }
    const { body } = await account.call('POST', '/api/v2/triggers', { trigger })
    expect(body.trigger.conditions).toEqual({ all: [CONDITION], any: [] })
  })

  it.each([
    ['no title', { title: ' ' }, 'title', 'Title: cannot be blank'],
    ['no condition', { conditions: { all: [], any: [] } }, 'base', 'at least one condition'],
    ['no action', { actions: [] }, 'base', 'at least one action'],
    [
      'an unknown field',
      { conditions: { all: [{ ...CONDITION, field: 'colour' }] } },
      'base',
      "Invalid field 'colour'",
    ],
    ['an unknown operator', { conditions: { all: [{ ...CONDITION, operator: 'like' }] } }, 'base', 'Invalid operator'],
    ['an unknown value', { conditions: { all: [{ ...CONDITION, value: 'done' }] } }, 'base', 'Invalid value'],
    ['an unknown action', { actions: [{ field: 'explode', value: '1' }] }, 'base', 'Invalid action field'],
    ['a group nobody has', { actions: [{ field: 'group_id', value: '1' }] }, 'base', 'Invalid value'],
    [
      'an unknown webhook',
      { actions: [{ field: 'notification_webhook', value: ['01H', '{}'] }] },
      'base',
      'does not exist',
    ],
    ['broken Liquid', { actions: [{ field: 'subject', value: '{% if %' }] }, 'base', 'Liquid syntax error'],
    ['an unknown category', { category_id: '1' }, 'category_id', 'does not exist'],
    ['66 kB', { actions: [{ field: 'subject', value: 'x'.repeat(66_000) }] }, 'base', 'too long'],
  ])('refuses %s', async (_, overrides, field, message) => {
    await using account = await startAccount()
    const { status, body } = await account.call('POST', '/api/v2/triggers', { trigger: { ...TRIGGER, ...overrides } })
    expect([status, body.error, body.description]).toEqual([422, 'RecordInvalid', 'Record validation errors'])
    expect(body.details[field].map((one: { description: string }) => one.description).join(' ')).toContain(message)
    expect(Object.keys(account.world.state.triggers)).toHaveLength(0)
  })

  it('replaces both lists of conditions and counts the revision', async () => {
    await using account = await startAccount()
    const { id } = await account.addTrigger(TRIGGER)
    const conditions = { any: [CONDITION] }
    const { status, body } = await account.call('PUT', `/api/v2/triggers/${id}`, { trigger: { conditions } })
    expect([status, body.trigger.conditions]).toEqual([200, { all: [], any: [CONDITION] }])
    expect(body.trigger.title).toBe('Raise it')
    expect(account.world.state.triggers[id]?.revision).toBe(2)
  })

  it('keeps the old trigger when the new one is refused', async () => {
    await using account = await startAccount()
    const { id } = await account.addTrigger(TRIGGER)
    const { status } = await account.call('PUT', `/api/v2/triggers/${id}`, { trigger: { title: 'New', actions: [] } })
    expect([status, account.world.state.triggers[id]?.title]).toEqual([422, 'Raise it'])
  })

  it('deletes one, and many', async () => {
    await using account = await startAccount()
    const [a, b, c] = [
      await account.addTrigger(TRIGGER),
      await account.addTrigger(TRIGGER),
      await account.addTrigger(TRIGGER),
    ]
    expect((await account.call('DELETE', `/api/v2/triggers/${a.id}`)).status).toBe(204)
    expect((await account.call('DELETE', `/api/v2/triggers/destroy_many?ids=${b.id},${c.id}`)).status).toBe(204)
    expect((await account.call('GET', `/api/v2/triggers/${a.id}`)).body).toEqual({
      error: 'RecordNotFound',
      description: 'Not found',
    })
    expect((await account.call('GET', '/api/v2/triggers')).body.count).toBe(0)
  })

  it('lists by position, active ones, and by title', async () => {
    await using account = await startAccount()
    await account.addTrigger({ ...TRIGGER, title: 'Second', position: 2 })
    await account.addTrigger({ ...TRIGGER, title: 'First', position: 1 })
    await account.addTrigger({ ...TRIGGER, title: 'Off', position: 3, active: false })
    const titles = async (path: string) =>
      (await account.call('GET', path)).body.triggers.map((trigger: { title: string }) => trigger.title)
    expect(await titles('/api/v2/triggers')).toEqual(['First', 'Second', 'Off'])
    expect(await titles('/api/v2/triggers/active.json')).toEqual(['First', 'Second'])
    expect(await titles('/api/v2/triggers?active=false')).toEqual(['Off'])
    expect(await titles('/api/v2/triggers/search?query=sec')).toEqual(['Second'])
  })

  it('pages with cursors', async () => {
    await using account = await startAccount()
    for (const title of ['a', 'b', 'c']) await account.addTrigger({ ...TRIGGER, title })
    const first = await account.call('GET', '/api/v2/triggers?page[size]=2')
    expect(first.body.meta.has_more).toBe(true)
    const next = `/api/v2/triggers?page[size]=2&page[after]=${first.body.meta.after_cursor}`
    const { body } = await account.call('GET', next)
    expect([body.triggers[0].title, body.meta.has_more]).toEqual(['c', false])
  })

  it('reorders', async () => {
    await using account = await startAccount()
    const a = await account.addTrigger({ ...TRIGGER, title: 'a' })
    const b = await account.addTrigger({ ...TRIGGER, title: 'b' })
    const { status } = await account.call('PUT', '/api/v2/triggers/reorder', { trigger_ids: [b.id, a.id] })
    const { body } = await account.call('GET', '/api/v2/triggers')
    expect([status, body.triggers.map((one: { title: string }) => one.title)]).toEqual([200, ['b', 'a']])
  })

  it('says what triggers may be made of, in a form it then accepts', async () => {
    await using account = await startAccount()
    const { definitions } = (await account.call('GET', '/api/v2/triggers/definitions')).body
    const status = definitions.conditions_all.find((one: { subject: string }) => one.subject === 'status')
    expect(status).toMatchObject({ title: 'Status', type: 'list', group: 'ticket' })
    expect(status.operators).toContainEqual({ value: 'changed', title: 'Changed', terminal: true })
    for (const { subject, operators, values } of definitions.conditions_all) {
      for (const { value: operator, terminal } of operators) {
        if (!values && !terminal) continue
        const condition = { field: subject, operator, value: terminal ? null : values[0]?.value }
        await account.addTrigger({ ...TRIGGER, conditions: { all: [condition] } })
      }
    }
  })

  it('runs the triggers of an earlier category first', async () => {
    await using account = await startAccount()
    const { body } = await account.call('POST', '/api/v2/trigger_categories', {
      trigger_category: { name: 'Before all', position: 0 },
    })
    await account.addTrigger({ ...TRIGGER, title: 'late', position: 1 })
    await account.addTrigger({ ...TRIGGER, title: 'early', position: 9, category_id: body.trigger_category.id })
    const { triggers } = (await account.call('GET', '/api/v2/triggers')).body
    expect(triggers.map((one: { title: string }) => one.title)).toEqual(['early', 'late'])
    const categories = (await account.call('GET', '/api/v2/trigger_categories')).body.trigger_categories
    expect(categories.map((one: { name: string }) => one.name)).toEqual(['Before all', 'Initial category'])
  })
})
