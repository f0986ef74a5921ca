import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../../support/clock.ts'
import { newUser } from '../people/new-user.ts'
import { createWorld } from '../state/create-world.ts'
import type { Comment, Field, Ticket, User } from '../state/model.ts'
import type { UpdateInProgress } from '../world.ts'
import type { Situation } from './condition-field.ts'
import { conditionHolds, conditionProblem, holds } from './conditions.ts'

const world = createWorld({ clock: createStoppedClock('2026-03-06 10:00Z') })
const agent = newUser(world, { name: 'Alan Agent', email: 'alan@acme.example', role: 'agent' })
const admin = newUser(world, { name: 'Ada Admin', email: 'ada@acme.example', role: 'admin' })
const customer = newUser(world, { name: 'Cara', email: 'cara@customer.example', user_fields: { plan: 'gold' } })
world.state.user_fields[7001] = aField({ id: 7001, key: 'plan', type: 'dropdown', options: ['gold', 'silver'] })
world.state.organization_fields[7002] = aField({ id: 7002, key: 'arr', type: 'decimal' })
world.state.organizations[9001] = { id: 9001, organization_fields: { arr: 250_000 } } as never
world.state.ticket_fields[8001] = aField({ id: 8001, type: 'tagger', options: ['baton_tier_2', 'baton_tier_3'] })
world.state.ticket_fields[8002] = aField({ id: 8002, type: 'checkbox' })
world.state.ticket_fields[8003] = aField({ id: 8003, type: 'integer' })
world.state.ticket_fields[8004] = aField({ id: 8004, type: 'date' })
world.state.ticket_fields[8005] = aField({ id: 8005, type: 'text' })
world.state.ticket_fields[8006] = aField({ id: 8006, type: 'multiselect', options: ['eu', 'us'] })
world.state.groups[100] = { id: 100, name: 'Support', deleted: false } as never

function aField({ options = [], ...given }: Partial<Field> & { id: number; options?: string[] }): Field {
  const custom_field_options = options.map((value, index) => ({ id: given.id * 10 + index, name: value, value }))
  return {
    title: `Field ${given.id}`,
    key: null,
    active: true,
    removable: true,
    custom_field_options,
    ...given,
  } as Field
}

function aTicket(overrides: Partial<Ticket> = {}): Ticket {
  return {
    ...{ id: 1, subject: 'Login fails', description: 'SSO login fails since noon', status: 'open', priority: 'normal' },
    ...{ type: null, group_id: 100, assignee_id: agent.id, requester_id: customer.id, organization_id: 9001 },
    ...{ tags: ['baton', 'vip'], custom_fields: {}, is_public: true, via: { channel: 'web' } },
    ...overrides,
  } as Ticket
}

function situation(
  now: Partial<Ticket> = {},
  { before = {}, actor = agent, comment = null, isCreate = false, channel = 'api' }: Partial<Options> = {},
): Situation {
  const update = {
    ...{ ticket: aTicket(now), before: isCreate ? null : aTicket(before), actor, isCreate },
    ...{ comment: comment as Comment | null, audit: { via: { channel } }, change: () => false },
  } as unknown as UpdateInProgress
  return { world, update }
}

type Options = {
  before: Partial<Ticket>
  actor: User
  comment: Partial<Comment> | null
  isCreate: boolean
  channel: string
}

/** `'status is open'` as a condition. The value may hold spaces. */
function condition(text: string) {
  const [field = '', operator = '', ...value] = text.split(' ')
  return { field, operator, value: value.join(' ') }
}

describe('conditionHolds', () => {
  it.each<[string, boolean, Partial<Ticket>?, Partial<Options>?]>([
    ['status is open', true],
    ['status is_not open', false],
    ['status less_than solved', true],
    ['status less_than open', false],
    ['status greater_than new', true],
    ['status changed', true, { status: 'pending' }],
    ['status changed', false],
    ['status not_changed', true],
    ['status value pending', true, { status: 'pending' }],
    ['status value open', false],
    ['status not_value open', true],
    ['status value_previous open', true, { status: 'pending' }],
    ['status value_previous open', false],
    ['status not_value_previous solved', true, { status: 'pending' }],
    ['status value new', true, { status: 'new' }, { isCreate: true }],
    ['priority less_than high', true],
    ['priority greater_than normal', false],
    ['priority is ', true, { priority: null }],
    ['priority less_than low', true, { priority: null }],
    ['type is incident', true, { type: 'incident' }],
    ['group_id is 100', true],
    ['group_id is ', true, { group_id: null }],
    ['group_id changed', true, {}, { before: { group_id: null } }],
    ['assignee_id is current_user', true],
    ['assignee_id is current_user', false, {}, { actor: admin }],
    ['assignee_id is_not requester_id', true],
    ['requester_id is current_user', true, {}, { actor: customer }],
    ['requester_id is assignee_id', true, { requester_id: agent.id }],
    ['organization_id is 9001', true],
    ['current_tags includes baton other', true],
    ['current_tags includes BATON', true],
    ['current_tags includes bat', false],
    ['current_tags not_includes other', true],
    ['current_tags not_includes other vip', false],
    ['via_id is 0', true],
    ['current_via_id is 5', true],
    ['current_via_id is_not 0', true],
    ['update_type is Change', true],
    ['update_type is Create', true, {}, { isCreate: true }],
    ['ticket_is_public is public', true],
    ['ticket_is_public is private', true, { is_public: false }],
    ['comment_is_public is true', true, {}, { comment: { public: true } }],
    ['comment_is_public is true', false, {}, { comment: { public: false } }],
    ['comment_is_public is false', true, {}, { comment: { public: false } }],
    ['comment_is_public is false', false],
    ['comment_is_public is not_relevant', true, {}, { comment: { public: false } }],
    ['comment_is_public is not_relevant', false],
    ['comment_is_public is requester_can_see_comment', true, {}, { comment: { public: true } }],
    ['role is agent', true],
    ['role is agent', true, {}, { actor: admin }],
    ['role is admin', false],
    ['role is admin', true, {}, { actor: admin }],
    ['role is end_user', true, {}, { actor: customer }],
    [`role is ${agent.id}`, true],
    [`role is_not ${agent.id}`, false],
    [`role is_not ${agent.id}`, true, {}, { actor: admin }],
    ['requester_role is 0', true],
    ['subject_includes_word includes login other', true],
    ['subject_includes_word includes log', false],
    ['subject_includes_word is gin fai', true],
    ['subject_includes_word is_not logout', true],
    ['description_includes_word includes SSO', true],
    ['comment_includes_word includes boom', true, {}, { comment: { plain_body: 'It went Boom!' } }],
    ['comment_includes_word includes boom', false],
    ['comment_includes_word not_includes boom', true],
    ['custom_fields_8001 is baton_tier_2', true, { custom_fields: { 8001: 'baton_tier_2' } }],
    ['custom_fields_8001 is 80010', true, { custom_fields: { 8001: 'baton_tier_2' } }],
    ['custom_fields_8001 value baton_tier_3', true, { custom_fields: { 8001: 'baton_tier_3' } }],
    ['custom_fields_8001 present', false],
    ['custom_fields_8001 not_present', true],
    ['custom_fields_8002 is false', true],
    ['custom_fields_8002 is true', true, { custom_fields: { 8002: true } }],
    ['custom_fields_8002 changed', true, { custom_fields: { 8002: true } }],
    ['custom_fields_8002 changed', false, { custom_fields: { 8002: false } }],
    ['custom_fields_8003 greater_than 50', true, { custom_fields: { 8003: 62 } }],
    ['custom_fields_8003 greater_than 50', false],
    ['custom_fields_8003 less_than_equal 62', true, { custom_fields: { 8003: 62 } }],
    ['custom_fields_8004 less_than 2026-04-01', true, { custom_fields: { 8004: '2026-03-31' } }],
    ['custom_fields_8004 within_next_n_days 3', true, { custom_fields: { 8004: '2026-03-09' } }],
    ['custom_fields_8004 within_next_n_days 3', false, { custom_fields: { 8004: '2026-03-10' } }],
    ['custom_fields_8004 within_previous_n_days 1', true, { custom_fields: { 8004: '2026-03-05' } }],
    ['custom_fields_8005 present', true, { custom_fields: { 8005: 'x' } }],
    ['custom_fields_8006 includes us asia', true, { custom_fields: { 8006: ['eu', 'us'] } }],
    ['requester.custom_fields.plan is gold', true],
    ['organization.custom_fields.arr greater_than 200000', true],
    ['organization.custom_fields.arr greater_than 200000', false, { organization_id: null }],
  ])('finds that "%s" is %s with %o and %o', (text, expected, now = {}, options = {}) => {
    expect(conditionHolds(condition(text), situation(now, options))).toBe(expected)
  })

  it('never holds for a field that was deleted since', () => {
    expect(conditionHolds(condition('custom_fields_1 not_present'), situation())).toBe(false)
  })

  it('takes booleans and numbers as values, too', () => {
    const given = situation({}, { comment: { public: true } })
    expect(conditionHolds({ field: 'comment_is_public', operator: 'is', value: true }, given)).toBe(true)
    expect(conditionHolds({ field: 'group_id', operator: 'is', value: 100 }, given)).toBe(true)
  })
})

describe('holds', () => {
  const yes = condition('status is open')
  const no = condition('status is solved')

  it.each([
    [[yes, yes], [], true],
    [[yes, no], [], false],
    [[yes], [no, yes], true],
    [[yes], [no], false],
    [[no], [yes], false],
    [[], [yes], true],
  ])('needs every all and one any: %j %j → %s', (all, any, expected) => {
    expect(holds({ all, any }, situation())).toBe(expected)
  })
})

describe('conditionProblem', () => {
  it.each([
    'status less_than solved',
    'status changed',
    'priority is ',
    'group_id is 100',
    'current_tags includes baton',
    'update_type is Change',
    'comment_is_public is not_relevant',
    `role is_not ${agent.id}`,
    'custom_fields_8001 value baton_tier_2',
    'custom_fields_8001 is 80010',
    'custom_fields_8005 present',
    'requester.custom_fields.plan is gold',
  ])('accepts %s', (text) => {
    expect(conditionProblem(world.state, condition(text))).toBeNull()
  })

  it.each([
    ['nonsense is 1', "Invalid field 'nonsense'"],
    ['constructor is 1', "Invalid field 'constructor'"],
    ['status constructor open', "Invalid operator 'constructor'"],
    ['custom_fields_1 is x', "Invalid field 'custom_fields_1'"],
    ['requester.custom_fields.size is x', "Invalid field 'requester.custom_fields.size'"],
    ['status matches open', "Invalid operator 'matches'"],
    ['current_tags is baton', "Invalid operator 'is'"],
    ['update_type changed', "Invalid operator 'changed'"],
    ['custom_fields_8005 is x', "Invalid operator 'is'"],
    ['status is opened', "Invalid value 'opened' in 'Status / Is / opened'"],
    ['current_via_id is web', "Invalid value 'web' in 'Update via / Is / web'"],
    ['group_id is 999', "Invalid value '999'"],
    ['role is 999', "Invalid value '999'"],
    ['current_tags includes ', "Invalid value ''"],
    ['custom_fields_8001 is baton_tier_9', "Invalid value 'baton_tier_9'"],
    ['custom_fields_8003 less_than many', "Invalid value 'many'"],
    ['custom_fields_8004 is tomorrow', "Invalid value 'tomorrow'"],
  ])('refuses %s', (text, problem) => {
    expect(conditionProblem(world.state, condition(text))).toContain(problem)
  })

  it('refuses what is no condition at all', () => {
    expect(conditionProblem(world.state, 'status')).toBe('Invalid condition')
    expect(conditionProblem(world.state, { field: 'status', operator: 'is' })).toContain('Invalid value')
  })
})
