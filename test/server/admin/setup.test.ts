import { describe, expect, it } from 'vitest'
import { describeStep } from '../../../server/admin/describe-step.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import type { State } from '../../zendesk/state/model.ts'
import type { FaultAnswer } from '../../zendesk/world.ts'
import { type AnAccount, anAccount } from './an-account.ts'

const ours = ({ ticket_fields }: State) =>
  Object.values(ticket_fields).filter(({ title }) => title.startsWith('Escalation '))
const theTrigger = ({ triggers }: State) => Object.values(triggers).find(({ title }) => title.startsWith('Baton:'))!
const moveTrigger = ({ triggers }: State) => Object.values(triggers).find(({ title }) => title.includes('moved to'))!
const theWebhook = ({ webhooks }: State) => Object.values(webhooks)[0]!
const field = (state: State, title: string) => ours(state).find((one) => one.title === title)!

/** What is there of everything that `setup` makes, by title. */
function made(state: State): string[] {
  const { webhooks, triggers, views, groups, ticket_forms } = state
  return [
    ...ours(state).map(({ title }) => `field ${title}`),
    ...Object.values(webhooks).map(({ name }) => `webhook ${name}`),
    ...Object.values(triggers).map(({ title }) => `trigger ${title}`),
    ...Object.values(views).map(({ title }) => `view ${title}`),
    ...Object.values(groups).map(({ name }) => `group ${name}`),
    ...Object.values(ticket_forms).flatMap((form) =>
      form.ticket_field_ids.map((id) => `${form.name} holds ${state.ticket_fields[id]!.title}`),
    ),
  ].toSorted()
}

describe('setup', () => {
  it('says what it would do and changes nothing when asked to run dry', async () => {
    await using account = await anAccount()
    const before = structuredClone(account.state)
    const steps = await account.administration.plan()

    expect(steps.map((step) => step.do)).toEqual(
      expect.arrayContaining(['create-field', 'add-to-form', 'create-webhook', 'create-trigger', 'create-view']),
    )
    expect(account.writes()).toEqual([])
    expect({ ...account.state, oauth_tokens: before.oauth_tokens, counters: before.counters }).toEqual(before)
  })

  it('makes what it said, and the second time changes nothing', async () => {
    await using account = await anAccount()
    const planned = await account.administration.plan()
    const told: string[] = []
    const first = await account.administration.setup((sentence) => told.push(sentence))
    const writes = account.writes().length
    expect(told).toHaveLength(planned.length)
    expect(writes).toBe(planned.length)

    const second = await account.administration.setup((sentence) => told.push(sentence))
    expect(second).toEqual(first)
    expect(told).toHaveLength(planned.length)
    expect(account.writes()).toHaveLength(writes)
    expect(await account.administration.plan()).toEqual([])
  })

  it('takes over what an earlier installation left, when the record of it is lost', async () => {
    await using account = await anAccount()
    const first = await account.administration.setup()
    await account.context.accounts.setInstallation(account.context.account.id, {})
    const writes = account.writes().length
    expect(await account.administration.setup()).toEqual({ ...first, groupIds: [] })
    expect(account.writes()).toHaveLength(writes)
  })

  it.each<[what: string, drift: (account: AnAccount) => void, ...calls: RegExp[]]>([
    [
      'a trigger whose condition was changed',
      ({ state }) =>
        Object.assign(theTrigger(state).conditions, { all: [{ field: 'status', operator: 'is', value: 'open' }] }),
      /^PUT .*triggers/,
    ],
    [
      'a trigger that would go round in circles',
      ({ state }) => void theTrigger(state).conditions.all.pop(),
      /^PUT .*triggers/,
    ],
    [
      'a trigger that calls something else',
      ({ state }) => Object.assign(theTrigger(state), { actions: [{ field: 'status', value: 'open' }] }),
      /^PUT .*triggers/,
    ],
    [
      'a trigger that was deactivated',
      ({ state }) => Object.assign(theTrigger(state), { active: false }),
      /^PUT .*triggers/,
    ],
    [
      'a trigger that no longer watches a group of specialists',
      ({ state }) => void moveTrigger(state).conditions.any.pop(),
      /^PUT .*triggers/,
    ],
    [
      'a missing trigger for moves',
      ({ state }) => void delete state.triggers[moveTrigger(state).id],
      /^POST .*triggers/,
    ],
    [
      'an inactive webhook',
      ({ state }) => Object.assign(theWebhook(state), { status: 'inactive' }),
      /^PATCH .*webhooks/,
    ],
    [
      'a webhook that points elsewhere',
      ({ state }) => Object.assign(theWebhook(state), { endpoint: 'https://old.example/webhooks/zendesk/northwind' }),
      /^PATCH .*webhooks/,
    ],
    [
      'a deactivated field',
      ({ state }) => Object.assign(field(state, 'Escalation tier'), { active: false }),
      /^PUT .*ticket_fields/,
    ],
    [
      'a missing option',
      ({ state }) => void field(state, 'Escalation queue').custom_field_options.splice(1, 1),
      /^PUT .*ticket_fields/,
    ],
    [
      'a form that lacks a field',
      ({ state }) => {
        const form = Object.values(state.ticket_forms)[0]!
        form.ticket_field_ids = form.ticket_field_ids.filter((id) => id !== field(state, 'Escalation stage').id)
      },
      /^PUT .*ticket_forms/,
    ],
    [
      'a missing group',
      ({ state }) => {
        const group = Object.values(state.groups).find(({ name }) => name === 'Data specialists')!
        group.deleted = true
      },
      /^POST .*groups/,
      // The new group has an id of its own.
      /^PUT .*triggers/,
    ],
    [
      'a missing view',
      ({ state }) => {
        for (const { id, title } of Object.values(state.views))
          if (title === 'Escalated tickets') delete state.views[id]
      },
      /^POST .*views/,
    ],
  ])('mends %s and touches nothing else', async (_, drift, ...calls) => {
    await using account = await anAccount()
    await account.administration.setup()
    const before = account.writes().length
    drift(account)
    expect((await account.administration.doctor()).filter(({ level }) => level === 'failure')).not.toEqual([])

    await account.administration.setup()
    const mending = account.writes().slice(before)
    expect(mending).toEqual(calls.map((call) => expect.stringMatching(call)))
    expect((await account.administration.doctor()).filter(({ level }) => level === 'failure')).toEqual([])
  })

  it('keeps options, form fields and triggers of others', async () => {
    await using account = await anAccount()
    await account.administration.setup()
    const { state } = account
    const queue = field(state, 'Escalation queue')
    const [form] = Object.values(state.ticket_forms)
    queue.custom_field_options = [{ id: 1, name: 'Their own', value: 'their_own' }]
    form!.ticket_field_ids = form!.ticket_field_ids.filter((id) => id !== queue.id)
    const kept = [...form!.ticket_field_ids]

    await account.administration.setup()
    expect(field(state, 'Escalation queue').custom_field_options[0]).toMatchObject({ value: 'their_own' })
    expect(Object.values(state.ticket_forms)[0]!.ticket_field_ids).toEqual([...kept, queue.id])
  })

  it('adds the options of a policy that was put in force later', async () => {
    await using account = await anAccount()
    await account.administration.setup()
    const { db, account: one, clock } = account.context
    const yaml = readPreset('four-tier')
    await savePolicy(db, one.id, { yaml, author: 'Lea', reason: 'An executive desk', now: clock.now() })
    await account.administration.setup()
    const values = field(account.state, 'Escalation tier').custom_field_options.map(({ value }) => value)
    expect(values).toEqual(['baton_tier_1', 'baton_tier_2', 'baton_tier_3', 'baton_tier_4'])
  })

  it('watches the groups of specialists of the policy in force, and only those', async () => {
    await using account = await anAccount()
    const { administration, state, context } = account
    await administration.setup()
    const watched = () =>
      moveTrigger(state)
        .conditions.any.map(({ field, operator, value }) => `${field} ${operator} ${state.groups[Number(value)]!.name}`)
        .toSorted()
    const names = ['Billing specialists', 'Data specialists', 'Identity specialists', 'Integrations specialists']
    const engineers = ['Platform engineering', 'Security response']
    expect(watched()).toEqual([...names, ...engineers].map((name) => `group_id value ${name}`))

    const yaml = readPreset('four-tier')
    const { db, account: one, clock } = context
    await savePolicy(db, one.id, { yaml, author: 'Lea', reason: 'An executive desk', now: clock.now() })
    expect((await administration.plan()).map(describeStep)).toContain(
      'Correct the trigger that tells of tickets moved to specialists: it does not watch "Executive desk"',
    )
    await administration.setup()
    expect(watched()).toContain('group_id value Executive desk')
  })

  it.each<[how: string, answer: FaultAnswer['answer']]>([
    ['refused', { status: 500 }],
    ['done but not answered', 'after'],
  ])('goes on where it was cut short, whichever call was %s, and makes nothing twice', async (_, answer) => {
    await using whole = await anAccount()
    await whole.administration.setup()

    await using account = await anAccount()
    const cuts = [
      ['POST', /ticket_fields$/],
      ['PUT', /ticket_forms/],
      ['POST', /webhooks$/],
      ['POST', /triggers$/],
      ['POST', /views$/],
      ['GET', /signing_secret$/],
    ] as const
    for (const [method, path] of cuts) {
      account.zendesk.world.faults.answers.push({ method, path, times: 1, answer })
      await expect(account.administration.setup(), String(path)).rejects.toThrow('answered 50')
    }
    await account.administration.setup()
    expect(made(account.state)).toEqual(made(whole.state))
    expect(await account.administration.plan()).toEqual([])
  })
})
