import { fieldName } from '../escalation/shortfall.ts'
import type { Escalation } from '../escalation/state.ts'
import type { Section } from './notice.ts'
import { SECTION_TITLES } from './templates.ts'
import type { SectionName } from './words.ts'

/** The named parts of an escalation, in order; those with nothing to say are left out. Nothing in them is shortened. */
export function sectionsOf(escalation: Escalation, names: readonly SectionName[]): Section[] {
  return names.flatMap((name) => {
    const lines = LINES[name](escalation).filter((line) => line.trim() !== '')
    return lines.length > 0 ? [{ title: SECTION_TITLES[name], lines }] : []
  })
}

const LINES: Readonly<Record<SectionName, (escalation: Escalation) => string[]>> = {
  issue_summary: ({ note: { issue } }) => [issue.summary, ...bullets(issue.symptoms)],
  customer_context: ({ note: { customer_context: customer } }) => [
    labelled('Account', customer.account),
    labelled('Customer tier', customer.tier),
    labelled('ARR', customer.arr),
    labelled('Health score', customer.health_score),
    labelled('Primary contact', customer.primary_contact),
  ],
  business_impact: ({ note: { issue, triage } }) => [
    labelled('Customer impact', issue.customer_impact),
    labelled('Business impact', issue.business_impact),
    labelled('Affected customers', triage.affected_customers),
  ],
  troubleshooting_history: ({ note }) => note.steps_taken.map((step, index) => `${index + 1}. ${step}`),
  diagnostics: ({ note: { diagnostics } }) => [
    labelled('Environment', diagnostics.environment),
    ...diagnostics.reproduction_steps.map((step, index) => `${index + 1}. ${step}`),
    labelled('Reproduction rate', diagnostics.reproduction_rate === null ? null : `${diagnostics.reproduction_rate} %`),
    diagnostics.log_excerpts,
    ...bullets(diagnostics.evidence),
  ],
  recommended_actions: ({ note }) => [
    note.escalation_reason,
    labelled('Suggested next step', note.suggested_next_step),
  ],
  decision: ({ decision }) => [...bullets(decision.reasons), `Urgency ${decision.urgency.score} of 100`],
  missing_information: ({ owed }) => bullets(owed.map(({ field }) => fieldName(field))),
}

function labelled(label: string, value: string | number | null): string {
  return value === null || value === '' ? '' : `${label}: ${value}`
}

function bullets(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '').map((line) => `- ${line}`)
}
