import { emptyNote, type Note } from '../../core/note/note.ts'

type DeepPartial<T> = {
  [K in keyof T]?: T[K] extends unknown[] | null ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K]
}

/** A note that is well above every policy's bar, about single sign-on; name only what matters to the test. */
export function aNote(given: DeepPartial<Note> = {}): Note {
  const empty = emptyNote()
  return {
    ...empty,
    steps_taken: ['Verified that the IdP metadata is current', 'Consulted runbook SSO-003, no matching resolution'],
    escalation_reason: 'Requires backend investigation of SAML certificate caching',
    suggested_next_step: 'Check if the platform is caching the old IdP certificate',
    ...(given as Partial<Note>),
    customer_context: {
      ...empty.customer_context,
      account: 'Acme Corp',
      tier: 'enterprise',
      ...given.customer_context,
    } as Note['customer_context'],
    issue: {
      ...empty.issue,
      summary: 'SSO login fails intermittently with SAML assertion error',
      symptoms: ['"Invalid SAML response" on 30 % of the attempts'],
      customer_impact: '50+ users cannot reliably sign in',
      business_impact: 'Executive review next week',
      ...given.issue,
    } as Note['issue'],
    diagnostics: { ...empty.diagnostics, ...given.diagnostics } as Note['diagnostics'],
    triage: { ...empty.triage, ...given.triage } as Note['triage'],
  }
}
