import type { Action } from '../../core/contract/skill.ts'

/** Parameters of each action, as the escalation skill gives them, with an escalation of Baton's. */
export const PARAMETERS: Readonly<Record<Action, object>> = {
  'determine-escalation': {
    issue: { id: 'TICKET-12345', severity: 'high', impact: 'multiple_customers', duration_hours: 4, current_tier: 1 },
    customer: { segment: 'enterprise', health_score: 45, contract_value: 500_000 },
    context: { previous_escalations: 2, customer_sentiment: 'frustrated' },
  },
  'generate-notification': {
    escalation_id: 'ESC-2026-001',
    notification_type: 'tier2_handoff',
    recipients: [{ role: 'tier2_lead' }, { role: 'account_csm' }, { role: 'support_manager' }],
    include: ['issue_summary', 'customer_context', 'troubleshooting_history', 'recommended_actions'],
    urgency: 'high',
  },
  'track-progress': {
    escalation_id: 'ESC-2026-001',
    update: {
      status: 'in_progress',
      owner: 'engineer@company.com',
      actions_taken: ['Reviewed logs and identified memory leak', 'Applied temporary workaround'],
      next_steps: 'Deploy patch in next maintenance window',
      estimated_resolution: '2026-03-09T10:00:00Z',
    },
  },
  'calculate-metrics': {
    date_range: { start: '2026-03-01', end: '2026-03-31' },
    dimensions: ['escalation_tier', 'issue_category', 'customer_segment'],
    metrics: ['escalation_count', 'mttr_escalations', 'escalation_rate', 'sla_compliance'],
  },
  'recommend-deescalation': {
    escalation_id: 'ESC-2026-001',
    resolution: {
      root_cause: 'Memory leak in v2.3.4',
      fix_applied: 'Patch deployed v2.3.5',
      customer_confirmation: true,
      monitoring_period_complete: true,
    },
    recommendation: {
      action: 'de-escalate',
      rationale: 'Issue resolved, customer confirmed, stable for 48 hours',
    },
  },
}

/** Answers, where they are short enough to be read. */
export const ANSWERS = {
  'generate-notification': {
    action: 'generate-notification',
    escalation_id: 'ESC-2026-000001',
    kind: 'handoff',
    urgency: 'high',
    recipients: [
      {
        role: 'tier2_lead',
        name: 'Elif Aydin',
        channel: 'email',
        subject: '[P2] ESC-2026-000001: SSO login fails intermittently',
        text: 'For Elif Aydin\n\n[P2] ESC-2026-000001: SSO login fails intermittently …',
        suppressed: null,
        not_before: null,
      },
      {
        role: 'account_csm',
        name: null,
        channel: 'email',
        subject: '[P2] ESC-2026-000001: SSO login fails intermittently',
        text: 'For account_csm …',
        suppressed: 'nobody-holds-role',
        not_before: null,
      },
    ],
    queued: false,
  },
  'track-progress': {
    action: 'track-progress',
    escalation_id: 'ESC-2026-000001',
    ticket_id: 35436,
    command_id: '01KK0GZW4BRVJ1QN8Y1C3H0PZD',
    outcome: 'recorded',
    detail: null,
    stage: 'investigating',
  },
  'calculate-metrics': {
    action: 'calculate-metrics',
    window: { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' },
    as_of: '2026-04-02T08:00:00.000Z',
    dimensions: ['escalation_tier'],
    totals: { escalation_count: { value: 41, open: 3 } },
    rows: [
      { dimensions: { escalation_tier: 2 }, values: { escalation_count: { value: 30, open: 1 } } },
      { dimensions: { escalation_tier: 3 }, values: { escalation_count: { value: 11, open: 2 } } },
    ],
    definitions: {
      escalation_count:
        'Escalations asked for, with a note or by moving the ticket. … Counts by: When it was asked for.',
    },
  },
  'recommend-deescalation': {
    action: 'recommend-deescalation',
    escalation_id: 'ESC-2026-000001',
    stage: 'monitoring',
    recommendation: {
      action: 'wait',
      rationale: 'Nobody has said whether the customer confirms it. Ask them.',
      criteria: [
        { criterion: 'root_cause', holds: true, is_required: true, detail: 'Root cause: Memory leak in v2.3.4' },
        {
          criterion: 'customer_confirmed',
          holds: false,
          is_required: true,
          detail: 'Nobody has said whether the customer confirms it. Ask them.',
        },
      ],
      missing: ['customer_confirmed'],
    },
    agrees: false,
  },
} as const satisfies Partial<Record<Action, object>>

export const PAGE = {
  escalations: [
    {
      id: 'ESC-2026-000001',
      ticketId: 35436,
      stage: 'accepted',
      tier: 2,
      queue: 'identity',
      severity: 'P2',
      urgency: 25,
      requestedAt: '2026-03-06T10:00:00.000Z',
      respondBy: '2026-03-06T12:00:00.000Z',
      nextDueAt: '2026-03-06T16:00:00.000Z',
    },
  ],
  nextCursor: 'WzE3NzI3OTEyMDAwMDAsIkVTQy0yMDI2LTAwMDAwMSJd',
}
