import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../../core/decide/fields.ts'
import { parseMoney } from '../../../core/decide/money.ts'
import { aPolicy } from '../policy/policies.ts'
import { NOW, someFacts } from './inputs.ts'

const policy = aPolicy(`  components:
    - { id: sso, name: Single sign-on, queue: specialists, keywords: [sso, saml] }
    - { id: search, name: Search, queue: specialists, keywords: [search, "full text"] }
  customer_tiers:
    enterprise: { name: Enterprise, aliases: [ent, Platinum Plus] }
`)

describe('the facts', () => {
  it('have every field a condition may name, null or empty where nothing is known', () => {
    const facts = someFacts(policy)
    for (const name of Object.keys(FIELDS)) expect(facts, name).toHaveProperty([name])
    expect(facts).toMatchObject({ priority: null, 'customer.arr': null, 'organization.tags': [], component: null })
  })

  it('carry custom fields under Zendesk’s names', () => {
    const facts = someFacts(policy, {
      ticket: { fields: { 360001: 'blue' } },
      requester: { fields: { vip: true } },
      organization: { fields: { plan: 'gold', seats: 40 } },
    })
    expect(facts).toMatchObject({
      custom_fields_360001: 'blue',
      ticket_fields_360001: 'blue',
      'requester.custom_fields.vip': true,
      'organization.custom_fields.plan': 'gold',
      'organization.custom_fields.seats': 40,
    })
  })

  it('tell the age of the ticket in hours', () => {
    expect(someFacts(policy, { ticket: { createdAt: NOW - 5_400_000 } })['ticket.age_hours']).toBe(1.5)
  })

  it.each([
    ['enterprise', 'enterprise'],
    ['Enterprise', 'enterprise'],
    ['ENT', 'enterprise'],
    ['platinum plus', 'enterprise'],
    ['startup', 'startup'],
  ])('know the customer tier %s as %s', (value, id) => {
    expect(someFacts(policy, { organization: { fields: { customer_tier: value } } })['customer.tier']).toBe(id)
  })

  it('believe the organisation before the note, and the note where the organisation says nothing', () => {
    const note = { customer_context: { tier: 'ent', arr: '$120,000', health_score: 72 } }
    const said = someFacts(policy, { note })
    expect(said).toMatchObject({ 'customer.tier': 'enterprise', 'customer.arr': 120_000, 'customer.health_score': 72 })
    const known = someFacts(policy, {
      note,
      organization: { fields: { tier: 'startup', arr: '90k', health_score: 30 } },
    })
    expect(known).toMatchObject({ 'customer.tier': 'startup', 'customer.arr': 90_000, 'customer.health_score': 30 })
  })

  it('read the customer from the fields the policy names', () => {
    const mapped = aPolicy('  customer_fields: { arr: [yearly_value, acv], tier: plan }\n')
    const facts = someFacts(mapped, { organization: { fields: { acv: 5000, plan: 'gold', arr: 1 } } })
    expect(facts).toMatchObject({ 'customer.arr': 5000, 'customer.tier': 'gold' })
  })

  it('take the component the note names, by id or name', () => {
    expect(someFacts(policy, { triage: { component: 'search' } })).toMatchObject({ component: 'search' })
    expect(someFacts(policy, { triage: { component: 'Single Sign-On' } })).toMatchObject({ component: 'sso' })
  })

  it('guess the component from the words when the note names none, and mark it as a guess', () => {
    const facts = someFacts(policy, { ticket: { subject: 'SAML login broken', description: 'search is fine' } })
    expect(facts).toMatchObject({
      component: 'sso',
      'note.component': null,
      'note.component_guess': 'sso',
      'note.component_guess_words': ['saml'],
    })
    expect(someFacts(policy, { triage: { component: 'search' }, ticket: { subject: 'saml' } })).toMatchObject({
      'note.component_guess': null,
    })
    expect(someFacts(policy, { ticket: { subject: 'researching' } })).toMatchObject({ component: null })
  })

  it.each([
    [null, 'outage', 'P0'],
    ['P3', 'data_loss', 'P1'],
    ['P0', 'security', 'P0'],
    ['P2', 'bug', 'P2'],
    [null, '', 'P3'],
  ] as const)('count severity %s of category %s as %s', (severity, category, counted) => {
    expect(someFacts(policy, { triage: { severity, category } }).severity).toBe(counted)
  })
})

describe('an amount of money', () => {
  it.each([
    ['$120,000', 120_000],
    ['120000', 120_000],
    ['120k', 120_000],
    ['€1.2M', 1_200_000],
    ['1.200.000 EUR', 1_200_000],
    ['1.200,50 €', 1200.5],
    ['US$ 1,234.56', 1234.56],
    ['1 200 000', 1_200_000],
    ["CHF 1'200", 1200],
    ['12,5', 12.5],
    ['1,250', 1250],
    ['-5', -5],
    [42, 42],
    ['', null],
    ['unknown', null],
    ['about 5 to 6', null],
    [Number.NaN, null],
    [null, null],
    [['1'], null],
  ])('%j is read as %j', (text, amount) => {
    expect(parseMoney(text)).toBe(amount)
  })
})
