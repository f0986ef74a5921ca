import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { evolve } from '../../../core/escalation/evolve.ts'
import { type Escalation, newTicketState } from '../../../core/escalation/state.ts'
import { emptyNote, type Note } from '../../../core/note/note.ts'
import type { Notice } from '../../../core/notice/notice.ts'
import type { NoticeSetting } from '../../../core/notice/setting.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aCommand, aDecision, aPlan, DIGEST, means, NINE, TICKET_ID } from '../escalation/facts.ts'

export type EscalationOptions = {
  decision?: Parameters<typeof aDecision>[0]
  plan?: Parameters<typeof aPlan>[0]
  note?: Partial<Note>
}

/** An escalation that was just requested, and the event that says so. */
export function anEscalation({ decision = {}, plan = {}, note = {} }: EscalationOptions = {}): {
  escalation: Escalation
  requested: EscalationEvent
} {
  const written: Note = { ...aNote(), ...note }
  const command = aCommand({
    decision: aDecision(decision),
    plan: aPlan(plan),
    reading: { ok: true, note: written, digest: DIGEST },
  })
  const { state, events } = evolve(newTicketState(TICKET_ID), command, means())
  const requested = events.find(({ kind }) => kind === 'requested')!
  return { escalation: state.escalations[0]!, requested }
}

export function aNote(): Note {
  const note = emptyNote()
  return {
    ...note,
    issue: {
      ...note.issue,
      summary: 'SSO login fails',
      symptoms: ['Assertion error'],
      business_impact: 'Renewal at risk',
    },
    steps_taken: ['Checked the certificate'],
    escalation_reason: 'Needs SAML logs',
    customer_context: { ...note.customer_context, account: 'Acme Corp', arr: '$120,000', primary_contact: 'Jane Roe' },
  }
}

export function aSetting(overrides: Partial<NoticeSetting> = {}): NoticeSetting {
  return {
    now: NINE,
    calendarOf,
    ticketId: TICKET_ID,
    ticketUrl: 'https://acme.zendesk.com/agent/tickets/7',
    customer: { name: 'Jane', locale: 'en', timezone: 'UTC' },
    ...overrides,
  }
}

/** Something that happened to it at nine. */
export function anEvent(body: Record<string, unknown> & { kind: string }): EscalationEvent {
  const common = { at: NINE, escalationId: 'ESC-2026-000001', by: { id: 21, name: 'Ivo Marek' }, auditId: null }
  return { ...common, ...body } as unknown as EscalationEvent
}

/** `kind over channel at place for recipient`, with why it is not sent. */
export function brief({ kind, channel, place, recipient, suppressed }: Notice): string {
  return `${kind} over ${channel} at ${place || '-'} for ${recipient}${suppressed ? `, not sent: ${suppressed}` : ''}`
}
