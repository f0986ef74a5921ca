import type { CustomerTier, Policy } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'
import { HOUR_MS } from '../units.ts'
import type { DecisionFacts, Observed } from './decision.ts'
import { guessComponent } from './guess-component.ts'
import type { DecisionInput } from './input.ts'
import { parseMoney } from './money.ts'
import { worse } from './orders.ts'

export type { DecisionInput } from './input.ts'

/** When neither note nor category says how bad it is. */
const UNSAID: Severity = 'P3'

/**
 * Gathers what a policy may look at, under the names its conditions use (`fields.ts` lists them). What is not known is
 * null. The organisation's own record goes before what the note says about the customer, because an agent can't edit it.
 */
export function gatherFacts(input: DecisionInput, policy: Policy): DecisionFacts {
  const { ticket, requester, organization, note, history, now } = input
  const { triage, issue, diagnostics } = note
  const component = componentFacts(input, policy)
  const category = policy.categories.find(({ id }) => id === triage.category)
  const facts: Record<string, Observed> = {
    now,
    current_tier: input.currentTier,
    approvals: input.approvals ?? [],
    status: ticket.status || null,
    priority: ticket.priority || null,
    type: ticket.type || null,
    group: ticket.groupName,
    current_tags: ticket.tags,
    subject_includes_word: ticket.subject || null,
    description_includes_word: ticket.description || null,
    'ticket.channel': ticket.channel || null,
    'ticket.created_at': ticket.createdAt > 0 ? new Date(ticket.createdAt).toISOString() : null,
    'ticket.age_hours': ticket.createdAt > 0 ? Math.max(0, now - ticket.createdAt) / HOUR_MS : null,
    organization: organization?.name || null,
    'organization.tags': organization?.tags ?? [],
    'requester.email': requester?.email || null,
    'requester.locale': requester?.locale || null,
    'requester.tags': requester?.tags ?? [],
    ...customerFacts(input, policy),
    impact: input.impact ?? impactOf(triage.affected_customers),
    severity: worse(triage.severity, category?.severity ?? null) ?? UNSAID,
    ...component,
    'history.previous_escalations': history.previousEscalations,
    'note.severity': triage.severity,
    'note.category': triage.category || null,
    'note.affected_customers': triage.affected_customers,
    'note.duration_hours': triage.duration_hours,
    'note.needs_code': triage.needs_code,
    'note.reproduction_rate': diagnostics.reproduction_rate,
    'note.steps_taken_count': note.steps_taken.length,
    'note.summary': issue.summary || null,
    'note.symptoms': issue.symptoms.join('\n') || null,
    'note.customer_impact': issue.customer_impact || null,
    'note.business_impact': issue.business_impact || null,
    'note.steps_taken': note.steps_taken.join('\n') || null,
    'note.escalation_reason': note.escalation_reason || null,
    'note.suggested_next_step': note.suggested_next_step || null,
    'note.environment': diagnostics.environment || null,
    'note.log_excerpts': diagnostics.log_excerpts || null,
  }
  for (const [id, value] of Object.entries(ticket.fields)) {
    facts[`custom_fields_${id}`] = value
    facts[`ticket_fields_${id}`] = value
  }
  for (const [key, value] of Object.entries(requester?.fields ?? {})) facts[`requester.custom_fields.${key}`] = value
  for (const [key, value] of Object.entries(organization?.fields ?? {}))
    facts[`organization.custom_fields.${key}`] = value
  return facts
}

function componentFacts({ ticket, note }: DecisionInput, policy: Policy): Record<string, Observed> {
  const named = note.triage.component.trim().toLowerCase()
  const known = policy.components.find(({ id, name }) => named !== '' && (id === named || name.toLowerCase() === named))
  const guess = known
    ? null
    : guessComponent(
        policy.components,
        [ticket.subject, note.issue.summary, ...note.issue.symptoms].join('\n'),
        [ticket.description, note.escalation_reason, note.suggested_next_step, note.diagnostics.log_excerpts].join(
          '\n',
        ),
      )
  return {
    'note.component': note.triage.component || null,
    'note.component_guess': guess?.component.id ?? null,
    'note.component_guess_words': guess?.keywords ?? [],
    component: known?.id ?? guess?.component.id ?? null,
  }
}

function customerFacts(input: DecisionInput, policy: Policy): Record<string, Observed> {
  const { tier, arr, health_score, segment, sentiment } = policy.customerFields
  const { customer_context: said } = input.note
  const tierValue = textIn(recorded(input, tier)) ?? (said.tier.trim() || null)
  return {
    'customer.tier': tierValue === null ? null : (customerTierNamed(policy.customerTiers, tierValue)?.id ?? tierValue),
    'customer.segment': textIn(recorded(input, segment)),
    'customer.arr': parseMoney(recorded(input, arr)) ?? parseMoney(said.arr),
    'customer.health_score': parseMoney(recorded(input, health_score)) ?? said.health_score,
    sentiment: input.sentiment ?? textIn(recorded(input, sentiment)),
  }
}

/** What the organisation's fields say under the first key that has a value, else the requester's. */
function recorded({ organization, requester }: DecisionInput, keys: readonly string[]): Observed {
  for (const fields of [organization?.fields, requester?.fields]) {
    for (const key of keys) {
      const value = fields?.[key]
      if (value !== undefined && value !== null && value !== '') return value
    }
  }
  return null
}

function textIn(value: Observed): string | null {
  return value === null || Array.isArray(value) ? null : String(value)
}

/** The customer tier a value means: its id, name or an alias, whatever the case. */
function customerTierNamed(tiers: readonly CustomerTier[], value: string): CustomerTier | null {
  const wanted = value.trim().toLowerCase()
  return (
    tiers.find(({ id, name, aliases }) => [id, name, ...aliases].some((text) => text.toLowerCase() === wanted)) ?? null
  )
}

function impactOf(affectedCustomers: number | null): string | null {
  if (affectedCustomers === null || affectedCustomers === 0) return null
  return affectedCustomers > 1 ? 'multiple_customers' : 'single_customer'
}
