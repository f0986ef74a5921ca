import { Note } from '../../../core/note/note.ts'

/** The escalation note template's own example, with diagnostics and triage added. */
export function aNote(changes: Partial<Note> = {}): Note {
  return Note.parse({
    ticket_id: 'SUP-12345',
    escalated_from: 'L1',
    escalated_to: 'L2',
    escalated_by: 'agent@company.com',
    timestamp: '2026-02-15T14:30:00Z',
    customer_context: {
      account: 'Acme Corp',
      tier: 'enterprise',
      health_score: 72,
      arr: '$120,000',
      primary_contact: 'jane@acme.com',
    },
    issue: {
      summary: 'SSO login fails intermittently with SAML assertion error',
      symptoms: [
        "Users see 'Invalid SAML response' error 30% of login attempts",
        'Started after customer updated their IdP certificate',
      ],
      customer_impact: '50+ users unable to reliably access the platform',
      business_impact: 'Customer has executive review next week, threatening churn',
    },
    steps_taken: ['Verified customer IdP metadata is current', 'Consulted runbook SSO-003 — no matching resolution'],
    escalation_reason: 'Requires backend investigation of SAML certificate caching',
    suggested_next_step: 'Check if platform is caching the old IdP certificate',
    diagnostics: {
      environment: 'Chrome 142\nWindows 11',
      reproduction_steps: ['Open the login page', 'Choose SSO'],
      reproduction_rate: 30,
      log_excerpts: 'java.lang.IllegalStateException: <null>\n\tat com.acme.Saml.read(Saml.java:42)\n',
      evidence: ['https://example.com/trace/1'],
    },
    triage: { severity: 'P1', component: 'sso', affected_customers: 50, duration_hours: 4.5, needs_code: true },
    ...changes,
  })
}
