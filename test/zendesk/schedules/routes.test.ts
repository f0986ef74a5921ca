import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../core/units.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { companyState } from '../seed/company.ts'
import { startSmallAccount } from '../small-account.ts'
import { createState } from '../state/store.ts'

const PATH = 'business_hours/schedules'
const BERLIN = { schedule: { name: 'Berlin office', time_zone: 'Berlin' } }

describe('a schedule', () => {
  it('begins with office hours, in a zone by its Rails name', async () => {
    await using account = await startSmallAccount()
    const made = await account.as(account.lea)('POST', `${PATH}.json`, BERLIN)
    expect(made.status).toBe(201)
    expect(made.body.schedule).toEqual({
      ...{ id: expect.any(Number), name: 'Berlin office', time_zone: 'Berlin' },
      ...{ created_at: '2026-03-06T10:00:00Z', updated_at: '2026-03-06T10:00:00Z' },
      intervals: [1980, 3420, 4860, 6300, 7740].map((start_time) => ({ start_time, end_time: start_time + 480 })),
    })
    const shown = await account.as(account.ana)('GET', `${PATH}/${made.body.schedule.id}.json`)
    expect(shown.body).toEqual(made.body)
    const all = await account.as(account.ana)('GET', `${PATH}.json`)
    expect(all.body).toEqual({ schedules: [made.body.schedule], url: expect.stringContaining(`/api/v2/${PATH}`) })
  })

  it('takes its hours apart from its name, sorted', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const { id } = (await call('POST', PATH, BERLIN)).body.schedule
    const late = { start_time: 2220, end_time: 2880 }
    const early = { start_time: 1980, end_time: 2160 }
    const answer = await call('PUT', `${PATH}/${id}/workweek.json`, { workweek: { intervals: [late, early] } })
    expect(answer).toMatchObject({ status: 200, body: { workweek: { intervals: [early, late] } } })
    await call('PUT', `${PATH}/${id}`, { schedule: { name: 'Hamburg', intervals: [] } })
    const { body } = await call('GET', `${PATH}/${id}`)
    expect(body.schedule).toMatchObject({ name: 'Hamburg', time_zone: 'Berlin', intervals: [early, late] })
  })

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['a zone by its IANA name', { time_zone: 'Europe/Berlin' }, 'time_zone'],
    ['a zone nobody knows', { time_zone: 'Atlantis' }, 'time_zone'],
    ['a zone that is a key of every object', { time_zone: 'constructor' }, 'time_zone'],
  ])('is refused with %s', async (_, wrong, column) => {
    await using account = await startSmallAccount()
    const answer = await account.as(account.lea)('POST', PATH, { schedule: { ...BERLIN.schedule, ...wrong } })
    expect(answer.status).toBe(422)
    expect(Object.keys(answer.body.details)).toEqual([column])
  })

  it.each([
    [
      'that overlap',
      [
        [1980, 2460],
        [2400, 2500],
      ],
    ],
    ['over midnight', [[2400, 2940]]],
    ['backwards', [[2460, 1980]]],
    ['past the end of the week', [[10_000, 10_081]]],
    ['of half minutes', [[1980.5, 2460]]],
    ['that are nothing', [[null, null]]],
  ])('refuses hours %s', async (_, spans) => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const { id, intervals } = (await call('POST', PATH, BERLIN)).body.schedule
    const wrong = spans.map(([start_time, end_time]) => ({ start_time, end_time }))
    const answer = await call('PUT', `${PATH}/${id}/workweek`, { workweek: { intervals: wrong } })
    expect(answer).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } })
    expect((await call('GET', `${PATH}/${id}`)).body.schedule.intervals).toEqual(intervals)
  })

  it('is written by admins only, and read by agents unless the account says otherwise', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    expect(await call('POST', PATH, BERLIN)).toMatchObject({ status: 403 })
    expect(await call('GET', PATH)).toMatchObject({ status: 200 })
    account.world.state.account.schedules_readable_by = 'admin'
    expect(await call('GET', PATH)).toMatchObject({ status: 403 })
    expect(await account.as(account.lea)('GET', PATH)).toMatchObject({ status: 200 })
  })

  it('is missing once it is deleted', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const { id } = (await call('POST', PATH, BERLIN)).body.schedule
    expect(await call('DELETE', `${PATH}/${id}`)).toMatchObject({ status: 204 })
    expect(await call('GET', `${PATH}/${id}`)).toMatchObject({ status: 404, body: { error: 'RecordNotFound' } })
    expect((await call('GET', PATH)).body.schedules).toEqual([])
  })

  it.each([
    ['team', [403]],
    ['professional', [201, 403]],
    ['enterprise', [201, 201]],
  ] as const)('is there as often as the plan allows: %s', async (plan, statuses) => {
    await using account = await startSmallAccount({ state: createState({ plan }) })
    for (const status of statuses) {
      expect(await account.as(account.lea)('POST', PATH, BERLIN)).toMatchObject({ status })
    }
  })
})

describe('a holiday', () => {
  async function startWithSchedule() {
    const account = await startSmallAccount()
    const call = account.as(account.lea)
    const { id } = (await call('POST', PATH, BERLIN)).body.schedule
    return { account, call, path: `${PATH}/${id}/holidays`, [Symbol.asyncDispose]: account[Symbol.asyncDispose] }
  }

  const CHRISTMAS = { name: 'Christmas', start_date: '2026-12-24', end_date: '2026-12-26' }

  it('is kept, changed and taken away', async () => {
    await using world = await startWithSchedule()
    const made = await world.call('POST', `${world.path}.json`, { holiday: CHRISTMAS })
    expect(made).toMatchObject({ status: 201, body: { holiday: CHRISTMAS } })
    const { id } = made.body.holiday
    const changed = await world.call('PUT', `${world.path}/${id}`, { holiday: { end_date: '2026-12-27' } })
    expect(changed.body.holiday).toEqual({ ...CHRISTMAS, id, end_date: '2026-12-27' })
    expect((await world.call('GET', `${world.path}/${id}.json`)).body).toEqual(changed.body)
    expect(await world.call('DELETE', `${world.path}/${id}`)).toMatchObject({ status: 204 })
    expect((await world.call('GET', world.path)).body.holidays).toEqual([])
  })

  it('is found by its dates', async () => {
    await using world = await startWithSchedule()
    await world.call('POST', world.path, { holiday: CHRISTMAS })
    const easter = { name: 'Easter', start_date: '2026-04-03', end_date: '2026-04-06' }
    await world.call('POST', world.path, { holiday: easter })
    const named = async (query: string) =>
      (await world.call('GET', `${world.path}.json?${query}`)).body.holidays.map(({ name }: { name: string }) => name)
    expect(await named('')).toEqual(['Easter', 'Christmas'])
    expect(await named('start_date=2026-05-01')).toEqual(['Christmas'])
    expect(await named('start_date=2026-04-01&end_date=2026-04-30')).toEqual(['Easter'])
    expect(await world.call('GET', `${world.path}?start_date=soon`)).toMatchObject({ status: 400 })
  })

  it.each([
    ['without a name', { name: '' }],
    ['on a day no calendar has', { start_date: '2026-02-30' }],
    ['that ends before it begins', { end_date: '2026-12-23' }],
    ['more than two years away', { start_date: '2029-12-24', end_date: '2029-12-26' }],
  ])('is refused %s', async (_, wrong) => {
    await using world = await startWithSchedule()
    const answer = await world.call('POST', world.path, { holiday: { ...CHRISTMAS, ...wrong } })
    expect(answer).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } })
  })
})

describe('the set_schedule action', () => {
  it('gives the ticket another schedule and leaves a ScheduleAssignment in the audit', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const first = (await call('POST', PATH, BERLIN)).body.schedule
    const second = (await call('POST', PATH, { schedule: { name: 'Tokyo', time_zone: 'Tokyo' } })).body.schedule
    const trigger = {
      title: 'Tokyo looks after VIPs',
      conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'vip' }], any: [] },
      actions: [{ field: 'set_schedule', value: String(second.id) }],
    }
    expect(await call('POST', 'triggers', { trigger })).toMatchObject({ status: 201 })
    const { id } = account.aTicket()
    const { body } = await call('PUT', `tickets/${id}`, { ticket: { tags: ['vip'] } })
    expect(body.audit.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'ScheduleAssignment', previous_schedule_id: first.id, new_schedule_id: second.id },
        via: expect.objectContaining({ channel: 'rule' }),
      }),
    )
    const again = await call('PUT', `tickets/${id}`, { ticket: { priority: 'high' } })
    expect(JSON.stringify(again.body.audit)).not.toContain('ScheduleAssignment')
  })

  it('is refused with a schedule that does not exist', async () => {
    await using account = await startSmallAccount()
    const conditions = { all: [{ field: 'status', operator: 'is', value: 'new' }], any: [] }
    const trigger = { title: 'Nowhere', conditions, actions: [{ field: 'set_schedule', value: '7' }] }
    expect(await account.as(account.lea)('POST', 'triggers', { trigger })).toMatchObject({ status: 422 })
  })
})

describe('the condition on business hours', () => {
  it.each([
    ['2026-03-06 10:00Z', 'true', ['inside']],
    ['2026-03-06 20:00Z', 'true', []],
    ['2026-03-07 10:00Z', 'false', ['inside']],
  ])('at %s holds for %s: %j', async (at, value, tags) => {
    await using account = await startSmallAccount({ clock: createStoppedClock(at) })
    const call = account.as(account.lea)
    await call('POST', PATH, BERLIN)
    const conditions = { all: [{ field: 'in_business_hours', operator: 'is', value }], any: [] }
    const actions = [{ field: 'current_tags', value: 'inside' }]
    expect(await call('POST', 'triggers', { trigger: { title: 'Hours', conditions, actions } })).toMatchObject({
      status: 201,
    })
    expect(account.aTicket().tags).toEqual(tags)
  })
})

describe('the demo company', () => {
  it('has two schedules, each with holidays', async () => {
    const { schedules } = await companyState(Date.parse('2026-11-10T10:00:00Z') + DAY_MS)
    const shown = Object.values(schedules).map(({ name, time_zone, holidays }) => [
      name,
      time_zone,
      holidays.length > 5,
    ])
    expect(shown).toEqual([
      ['Berlin office', 'Berlin', true],
      ['New York office', 'Eastern Time (US & Canada)', true],
    ])
  })
})
