import type { z } from 'zod'
import type { Priority, Severity } from '../severity.ts'
import type { Category, CustomerFields } from './policy.ts'
import type { Operator, UrgencyEntry } from './schema.ts'

/** What a policy means that says nothing about severities. */
export const DEFAULT_SEVERITIES: Record<Severity, { description: string; priority: Priority }> = {
  P0: { description: 'Production outage affecting all customers', priority: 'urgent' },
  P1: { description: 'Production degradation or data integrity issue', priority: 'urgent' },
  P2: { description: 'Feature broken for subset of customers', priority: 'high' },
  P3: { description: 'Question, or a problem with a workaround', priority: 'normal' },
}

/** Outages, security incidents and data loss are severe by their nature; the rest is as the note says. */
export const DEFAULT_CATEGORIES: readonly Category[] = [
  { id: 'outage', severity: 'P0', queue: null },
  { id: 'security', severity: 'P1', queue: null },
  { id: 'data_loss', severity: 'P1', queue: null },
  { id: 'bug', severity: null, queue: null },
  { id: 'configuration', severity: null, queue: null },
  { id: 'integration', severity: null, queue: null },
  { id: 'billing', severity: null, queue: null },
  { id: 'how_to', severity: null, queue: null },
]

export const DEFAULT_CUSTOMER_FIELDS: CustomerFields = {
  tier: ['customer_tier', 'tier'],
  arr: ['arr'],
  health_score: ['health_score'],
  segment: ['segment'],
  sentiment: ['sentiment'],
}

export const DEFAULT_SENT_AT_ONCE: readonly Severity[] = ['P0', 'P1']

/** Points for a policy that names none. Anyone can add them up. */
export const DEFAULT_URGENCY: readonly z.input<typeof UrgencyEntry>[] = [
  point('severity-p0', 'Severity P0', 50, 'severity', 'is', 'P0'),
  point('severity-p1', 'Severity P1', 35, 'severity', 'is', 'P1'),
  point('severity-p2', 'Severity P2', 15, 'severity', 'is', 'P2'),
  point('many-customers', 'More than one customer is affected', 15, 'impact', 'includes', [
    'multiple_customers',
    'all_customers',
  ]),
  point('lasting', 'Lasts four hours or longer', 10, 'note.duration_hours', 'greater_than_equal', 4),
  point('again', 'Was escalated before', 10, 'history.previous_escalations', 'greater_than', 0),
  point('frail-customer', 'Health score below 50', 10, 'customer.health_score', 'less_than', 50),
  point('large-customer', 'Yearly revenue of 100,000 or more', 10, 'customer.arr', 'greater_than_equal', 100_000),
  point('upset', 'The customer is frustrated or angry', 5, 'sentiment', 'includes', [
    'frustrated',
    'angry',
    'negative',
  ]),
]

function point(
  id: string,
  title: string,
  points: number,
  field: string,
  operator: Operator,
  value: string | number | string[],
): z.input<typeof UrgencyEntry> {
  return { id, title, points, all: [{ field, operator, value }] }
}
