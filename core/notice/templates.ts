import type { NoticeKind, SectionName } from './words.ts'

export type Template = { subject: string; opening: string }
export type Templates = Readonly<Record<NoticeKind, Template>>

/** What Baton writes unless the policy says otherwise. */
export const ENGLISH: Templates = {
  handoff: {
    subject: '[{{severity}}] {{escalation}}: {{summary}}',
    opening:
      '{{requested_by}} hands this over to {{tier_name}}, {{queue}}. Please accept it by {{respond_by}}. {{reason}}',
  },
  'on-call': {
    subject: '[{{severity}}] {{escalation}} waits for you: {{summary}}',
    opening: '{{what}} Please accept the ticket.',
  },
  'nobody-notified': { subject: '{{escalation}}: nobody is on call for {{queue}}', opening: '{{what}}' },
  misrouted: { subject: '{{escalation}}: the ticket is not where it should be', opening: '{{what}}' },
  accepted: { subject: '{{escalation}} is accepted', opening: '{{what}}' },
  returned: { subject: '{{escalation}} was returned', opening: '{{what}}' },
  progress: { subject: '{{escalation}}: news', opening: '{{what}}' },
  help: { subject: '{{escalation}}: help is asked for', opening: '{{what}}' },
  approval: { subject: '[{{severity}}] {{escalation}} waits for approval', opening: '{{what}}' },
  'management-summary': {
    subject: 'Escalation to tier {{tier}}: {{account}}, {{severity}}',
    opening:
      '{{summary}} {{customer_impact}} Requested by {{requested_by}} on {{requested_at}}, with {{queue}} now. {{what}}',
  },
  'executive-briefing': {
    subject: 'Briefing: {{account}}, {{severity}}',
    opening: '{{summary}} {{business_impact}} Account: {{account}} ({{customer_tier}}, {{arr}}). {{what}}',
  },
  // Its text is the customer's own (`core/customer`).
  'customer-confirmation': { subject: 'Your request {{ticket}}', opening: '' },
  'ageing-reminder': { subject: '{{escalation}} is getting old: {{summary}}', opening: '{{what}}' },
  'breach-warning': { subject: '[{{severity}}] {{escalation}}: time is running out', opening: '{{what}}' },
  resolved: { subject: '{{escalation}} is resolved', opening: '{{what}}' },
  'de-escalation': { subject: '{{escalation}} is back with its owner', opening: '{{what}}' },
}

export const SECTION_TITLES: Readonly<Record<SectionName, string>> = {
  issue_summary: 'Issue',
  customer_context: 'Customer',
  business_impact: 'Impact',
  troubleshooting_history: 'What was tried',
  diagnostics: 'Diagnostics',
  recommended_actions: 'What is needed',
  decision: 'Why it is here',
  missing_information: 'What the note still owes',
}

/** Parts that each kind carries unless the policy names others. */
export const DEFAULT_SECTIONS: Readonly<Record<NoticeKind, readonly SectionName[]>> = {
  handoff: [
    'issue_summary',
    'customer_context',
    'troubleshooting_history',
    'recommended_actions',
    'missing_information',
  ],
  'on-call': ['issue_summary', 'customer_context', 'recommended_actions'],
  'nobody-notified': ['issue_summary'],
  misrouted: ['issue_summary'],
  accepted: [],
  returned: ['missing_information'],
  progress: [],
  help: ['issue_summary', 'troubleshooting_history'],
  approval: ['issue_summary', 'customer_context', 'business_impact', 'decision'],
  'management-summary': ['issue_summary', 'customer_context', 'business_impact', 'decision'],
  'executive-briefing': ['customer_context', 'business_impact'],
  'customer-confirmation': [],
  'ageing-reminder': ['issue_summary'],
  'breach-warning': ['issue_summary', 'recommended_actions'],
  resolved: [],
  'de-escalation': [],
}
