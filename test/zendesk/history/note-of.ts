import { emptyNote, type Note } from '../../../core/note/note.ts'
import type { Severity } from '../../../core/severity.ts'
import type { Random } from '../../support/random.ts'
import type { Customer } from './customers.ts'
import { chooser } from './draw.ts'
import type { FrontAgent } from './staff.ts'
import { SEVERITIES, type Theme } from './theme.ts'
import { say, sayEach } from './words.ts'

export type Told = {
  theme: Theme
  agent: FrontAgent
  customer: Customer
  subject: string
  contact: string
  severity: Severity
  random: Random
}

/** What an agent hands over; the more care they take, the more of it is filled in. */
export function noteOf({ theme, agent, customer, subject, contact, severity, random }: Told): Note {
  const note = emptyNote()
  const fills = () => random.chance(0.25 + 0.75 * agent.care)
  const { name, organization_fields } = customer.organization
  note.customer_context = {
    account: name,
    tier: String(organization_fields.customer_tier),
    health_score: Number(organization_fields.health_score),
    arr: String(organization_fields.arr),
    primary_contact: contact,
  }
  note.issue = {
    summary: subject,
    symptoms: sayEach(theme.symptoms, random.between(1, 3), random),
    customer_impact: say(theme.impacts, random),
    business_impact: fills() ? say(theme.impacts, random) : '',
  }
  note.steps_taken = sayEach(theme.steps, random.between(1, 3), random)
  note.escalation_reason = say(theme.reasons, random)
  note.suggested_next_step = fills() ? say(theme.nextSteps, random) : ''
  note.diagnostics.environment = fills()
    ? say(['Production, {region}', '{browser}, {region}', 'Production'], random)
    : ''
  note.diagnostics.reproduction_steps = fills() ? ['Sign in as the customer', say(theme.symptoms, random)] : []
  note.triage = {
    severity,
    component: fills() ? theme.component : '',
    category: theme.category,
    affected_customers: affected(severity, random),
    duration_hours: random.chance(0.5) ? random.between(1, 30) : null,
    needs_code: null,
  }
  return note
}

export function severityOf({ severities }: Theme, random: Random): Severity {
  return chooser(SEVERITIES, (severity) => severities[SEVERITIES.indexOf(severity)]!)(random)
}

function affected(severity: Severity, random: Random): number | null {
  if (severity === 'P0') return random.between(4, 40)
  return random.chance(0.5) ? null : random.chance(0.88) ? 1 : random.between(2, 6)
}
