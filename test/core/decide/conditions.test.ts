import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCondition } from '../../../core/decide/conditions.ts'
import type { Observed } from '../../../core/decide/decision.ts'
import { FIELDS, OPERATORS_OF } from '../../../core/decide/fields.ts'
import { type ConditionValue, OPERATORS, type Operator } from '../../../core/policy/schema.ts'
import { NOW } from './inputs.ts'

function holds(field: string, operator: Operator, value: ConditionValue | undefined, observed: Observed): boolean {
  return compileCondition({ field, operator, value }, []).test(observed, { now: NOW })
}

type Row = [field: string, value: ConditionValue | undefined, observed: Observed, held: boolean]

const CASES: Record<Operator, Row[]> = {
  is: [
    ['status', 'open', 'open', true],
    ['status', 'open', 'new', false],
    ['type', 'Incident', 'incident', true],
    ['status', 'open', null, false],
    ['priority', '', null, true],
    ['priority', '', 'low', false],
    ['type', null, null, true],
    ['customer.health_score', '45', 45, true],
    ['customer.health_score', 45.5, 45, false],
    ['note.needs_code', 'true', true, true],
    ['note.needs_code', false, null, false],
    ['custom_fields_12', '5', 5, true],
    ['custom_fields_12', 'a', ['a'], true],
    ['custom_fields_12', 'a', ['a', 'b'], false],
    ['ticket.created_at', '2026-03-06', '2026-03-06T00:00:00Z', true],
    ['subject_includes_word', 'in fails', 'Login fails', true],
    ['subject_includes_word', 'sso', 'Login fails', false],
    ['organization.custom_fields.plan', 'gold', 'Gold', true],
  ],
  is_not: [
    ['status', 'open', 'new', true],
    ['status', 'open', 'open', false],
    ['status', 'open', null, true],
    ['priority', '', null, false],
    ['subject_includes_word', 'sso', 'Login fails', true],
  ],
  less_than: [
    ['status', 'solved', 'hold', true],
    ['status', 'solved', 'solved', false],
    ['status', 'solved', null, false],
    ['priority', 'low', null, true],
    ['priority', 'high', 'normal', true],
    ['priority', 'high', 'urgent', false],
    ['severity', 'P1', 'P2', true],
    ['severity', 'P1', 'P0', false],
    ['severity', 'P1', null, false],
    ['customer.arr', '100', 99.5, true],
    ['customer.arr', 100, 100, false],
    ['customer.arr', 100, null, false],
    ['custom_fields_12', '10', '9', true],
    ['custom_fields_12', '2026-03-06', '2026-03-05', true],
    ['custom_fields_12', '2026-03-06', 'red', false],
    ['ticket.created_at', '2026-03-06T10:00:00Z', '2026-03-06T09:59:59Z', true],
  ],
  less_than_equal: [
    ['status', 'solved', 'solved', true],
    ['status', 'solved', 'closed', false],
    ['severity', 'P1', 'P1', true],
    ['priority', 'low', null, true],
  ],
  greater_than: [
    ['status', 'pending', 'hold', true],
    ['status', 'pending', 'open', false],
    ['priority', 'normal', 'high', true],
    ['priority', '', 'low', true],
    ['priority', '', null, false],
    ['severity', 'P2', 'P0', true],
    ['severity', 'P2', 'P3', false],
    ['ticket.age_hours', '24', 24.1, true],
    ['ticket.age_hours', 24, null, false],
  ],
  greater_than_equal: [
    ['severity', 'P1', 'P1', true],
    ['severity', 'P1', 'P0', true],
    ['severity', 'P1', 'P2', false],
    ['current_tier', 2, 2, true],
    ['current_tier', 2, 1, false],
  ],
  includes: [
    ['current_tags', 'vip sso', ['sso', 'eu'], true],
    ['current_tags', 'VIP', ['vip'], true],
    ['current_tags', ['a', 'b'], ['c'], false],
    ['current_tags', 'vi', ['vip'], false],
    ['current_tags', 'vip', [], false],
    ['severity', ['P0', 'P1'], 'P1', true],
    ['status', 'open pending', 'pending', true],
    ['status', 'open pending', null, false],
    ['subject_includes_word', 'sso saml', 'The SSO-login fails', true],
    ['subject_includes_word', 'log', 'The login fails', false],
    ['subject_includes_word', 'größe', 'Falsche GRÖSSE und Größe', true],
    ['note.summary', 'down', 'It is down.', true],
    ['custom_fields_12', 'red blue', 'blue', true],
  ],
  not_includes: [
    ['current_tags', 'vip', ['sso'], true],
    ['current_tags', 'vip sso', ['sso'], false],
    ['current_tags', 'vip', [], true],
    ['note.summary', 'down', null, true],
  ],
  includes_words: [
    ['note.summary', 'outage down', 'Everything is DOWN', true],
    ['note.summary', 'own', 'Everything is down', false],
    ['note.summary', 'c++', 'A c++ client', true],
    ['note.summary', 'down', null, false],
    ['custom_fields_12', 'eu', ['eu west'], true],
  ],
  not_includes_words: [
    ['note.summary', 'own', 'Everything is down', true],
    ['note.summary', 'down', 'It is down', false],
    ['note.summary', 'down', null, true],
  ],
  includes_string: [
    ['note.summary', 'OWN', 'Everything is down', true],
    ['note.summary', 'is d', 'Everything is down', true],
    ['note.summary', 'up', 'Everything is down', false],
    ['note.summary', '.*', 'Everything is down', false],
  ],
  not_includes_string: [
    ['note.summary', 'up', 'Everything is down', true],
    ['note.summary', 'own', 'Everything is down', false],
    ['note.summary', 'own', null, true],
  ],
  present: [
    ['type', undefined, 'incident', true],
    ['type', undefined, null, false],
    ['note.summary', undefined, '', false],
    ['current_tags', undefined, [], false],
    ['customer.arr', undefined, 0, true],
    ['note.needs_code', undefined, false, true],
  ],
  not_present: [
    ['type', undefined, null, true],
    ['customer.arr', undefined, 0, false],
    ['current_tags', undefined, [], true],
  ],
  within_previous_n_days: [
    ['ticket.created_at', 2, '2026-03-04T10:00:00Z', true],
    ['ticket.created_at', '2', '2026-03-04T09:59:59Z', false],
    ['ticket.created_at', 2, '2026-03-06T10:00:01Z', false],
    ['ticket.created_at', 2, null, false],
    ['organization.custom_fields.renewal', 30, 'soon', false],
  ],
  within_next_n_days: [
    ['organization.custom_fields.renewal', 30, '2026-04-05', true],
    ['organization.custom_fields.renewal', 30, '2026-04-06', false],
    ['organization.custom_fields.renewal', 30, '2026-03-05', false],
  ],
}

describe.each(OPERATORS)('%s', (operator) => {
  it.each(CASES[operator])('on %s with %j, when it is %j, is %s', (field, value, observed, held) => {
    expect(holds(field, operator, value, observed)).toBe(held)
  })
})

const anyObserved = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 4 }),
  fc.constantFrom('open', 'urgent', 'P0', '2026-03-06', 'not-a-date-2026', '[', '\\', '*'),
)
const anyField = fc.constantFrom(
  ...Object.keys(FIELDS),
  'custom_fields_1',
  'organization.custom_fields.a',
  'constructor',
)

describe('any condition', () => {
  it('answers whatever it is asked and never throws', () => {
    fc.assert(
      fc.property(
        anyField,
        fc.constantFrom(...OPERATORS),
        anyObserved,
        anyObserved,
        (field, operator, value, observed) => {
          expect(typeof holds(field, operator, value, observed)).toBe('boolean')
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['is', 'is_not'],
    ['includes', 'not_includes'],
    ['includes_words', 'not_includes_words'],
    ['includes_string', 'not_includes_string'],
    ['present', 'not_present'],
  ] as const)('holds for either %s or %s, never both', (operator, opposite) => {
    fc.assert(
      fc.property(anyField, anyObserved, anyObserved, (field, value, observed) => {
        expect(holds(field, operator, value, observed)).toBe(!holds(field, opposite, value, observed))
      }),
    )
  })

  it('takes every operator of its kind of field and no other', () => {
    const taken = new Set(Object.values(OPERATORS_OF).flat())
    expect([...taken].toSorted()).toEqual([...OPERATORS].toSorted())
  })
})
