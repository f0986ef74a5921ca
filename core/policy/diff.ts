import { diffClocks } from './diff-clocks.ts'
import { diffCustomer } from './diff-customer.ts'
import { diffKnowledge } from './diff-knowledge.ts'
import { diffLife } from './diff-life.ts'
import { diffNotifications } from './diff-notifications.ts'
import { listed, same, single } from './differences.ts'
import type { Policy } from './policy.ts'

/**
 * What differs between two policies, in short pieces: `tiers: L4 added`, `rules: renewal-at-risk changed`,
 * `note bar: 60 → 70`. Empty when they say the same, however differently they are written.
 */
export function diffPolicies(before: Policy, after: Policy): string[] {
  return [
    ...single('name', before.name, after.name),
    ...listed('tiers', before.tiers, after.tiers, ({ level }) => `L${level}`),
    ...listed('queues', before.queues.map(asSaid), after.queues.map(asSaid), byId),
    ...listed('components', before.components, after.components, byId),
    ...listed('categories', before.categories, after.categories, byId),
    ...listed('customer tiers', before.customerTiers, after.customerTiers, byId),
    ...listed(
      'severity overrides',
      Object.values(before.severityOverrides),
      Object.values(after.severityOverrides),
      bySeverity,
    ),
    ...listed('severities', severitiesOf(before), severitiesOf(after), bySeverity),
    ...listed('rules', before.rules, after.rules, byId),
    ...(isReordered(before.rules, after.rules) ? ['rules: another order'] : []),
    ...listed('urgency', before.urgency, after.urgency, ({ point }) => point.id),
    ...listed(
      'note weights',
      Object.entries(before.note.weights),
      Object.entries(after.note.weights),
      ([path]) => path,
    ),
    ...single('note bar', before.note.bar, after.note.bar),
    ...single('sent at once', before.note.sentAtOnce, after.note.sentAtOnce),
    ...single('escalators', before.escalators, after.escalators),
    ...single('trigger model', before.triggerModel, after.triggerModel),
    ...diffClocks(before, after),
    ...diffLife(before, after),
    ...diffNotifications(before, after),
    ...diffCustomer(before, after),
    ...diffKnowledge(before, after),
    ...listed('on-call people', before.onCall.people, after.onCall.people, ({ email }) => email),
    ...listed('on-call schedules', before.onCall.schedules, after.onCall.schedules, byId),
    ...listed('on-call steps', stepsOf(before), stepsOf(after), ({ queue }) => queue),
    ...(same(before.customerFields, after.customerFields) ? [] : ['customer fields: changed']),
  ]
}

/** Where a queue's group stands in the file is no part of what it says. */
function asSaid({ writtenAt: _, ...queue }: Policy['queues'][number]) {
  return queue
}

function severitiesOf({ severities }: Policy) {
  return Object.entries(severities).map(([severity, said]) => ({ severity, ...said }))
}

function stepsOf({ onCall }: Policy) {
  return Object.entries(onCall.steps).map(([queue, steps]) => ({ queue, steps }))
}

function byId({ id }: { id: string }): string {
  return id
}

function bySeverity({ severity }: { severity: string }): string {
  return severity
}

/** Of two rules that match, the first in the file wins, so their order says something too. */
function isReordered(before: Policy['rules'], after: Policy['rules']): boolean {
  const shared = (rules: Policy['rules'], others: Policy['rules']) =>
    rules.map(byId).filter((id) => others.some((other) => other.id === id))
  return !same(shared(before, after), shared(after, before))
}
