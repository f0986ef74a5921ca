import type { PatternCase } from '../../../core/patterns/pattern-case.ts'
import { DAY_MS } from '../../../core/units.ts'
import { NINE } from '../escalation/facts.ts'

/** Resolved so many days after nine on Friday 2026-03-06, a day after it was asked for. */
export function aCase(number: number, day: number, overrides: Partial<PatternCase> = {}): PatternCase {
  const resolvedAt = NINE + day * DAY_MS
  return {
    ...{ escalationId: `ESC-2026-${String(number).padStart(6, '0')}`, ticketId: number },
    ...{ summary: 'SSO login fails', rootCause: 'The certificate of the identity provider had expired' },
    ...{ fix: 'Uploaded the new certificate', code: 'configuration', component: 'sso' },
    ...{ requestedAt: resolvedAt - DAY_MS, resolvedAt, couldBeLower: null, articleUrl: null },
    ...overrides,
  }
}
