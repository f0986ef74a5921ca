import { z } from 'zod'

/** What a notice is about. */
export const NOTICE_KINDS = [
  'handoff',
  'on-call',
  'nobody-notified',
  'misrouted',
  'accepted',
  'returned',
  'progress',
  'help',
  'approval',
  'management-summary',
  'executive-briefing',
  'customer-confirmation',
  'ageing-reminder',
  'breach-warning',
  'resolved',
  'de-escalation',
] as const
export const NoticeKind = z.enum(NOTICE_KINDS)
export type NoticeKind = z.infer<typeof NoticeKind>

/** What carries a notice. `zendesk` is a private comment on the ticket. */
export const CHANNELS = ['zendesk', 'slack', 'slack_webhook', 'pagerduty', 'email', 'webhook'] as const
export const Channel = z.enum(CHANNELS)
export type Channel = z.infer<typeof Channel>

/** How a policy names a way to people: a channel, one of two Slack channels, or what the severity override names. */
export const ROUTES = [...CHANNELS, 'slack_channel', 'slack_oncall', 'by_severity'] as const
export const Route = z.enum(ROUTES)
export type Route = z.infer<typeof Route>

export const URGENCIES = ['low', 'normal', 'high', 'critical'] as const
export const NoticeUrgency = z.enum(URGENCIES)
export type NoticeUrgency = z.infer<typeof NoticeUrgency>

/** Parts of the escalation a notice may carry, in the order they are written. */
export const SECTIONS = [
  'issue_summary',
  'customer_context',
  'business_impact',
  'troubleshooting_history',
  'diagnostics',
  'recommended_actions',
  'decision',
  'missing_information',
] as const
export const SectionName = z.enum(SECTIONS)
export type SectionName = z.infer<typeof SectionName>

/** Roles that the escalation itself fills. */
export const LIVE_ROLES = ['on_call', 'owner', 'escalator', 'helpers'] as const
export type LiveRole = (typeof LIVE_ROLES)[number]

/** Roles that policies know without naming them; a policy says who holds them and may add others. */
export const KNOWN_ROLES = [
  ...LIVE_ROLES,
  'agent',
  'senior_engineer',
  'tier_lead',
  'tier1_lead',
  'tier2_lead',
  'tier3_lead',
  'tier4_lead',
  'account_csm',
  'support_manager',
  'engineering_lead',
  'director',
  'vp',
  'executive',
] as const

/** How a policy writes a kind: `breach_warning`. */
export function keyOfKind(kind: NoticeKind): string {
  return kind.replaceAll('-', '_')
}

/** The kind and, where the word names one, the tier: `tier2_handoff`, `executive_briefing`, `de-escalation`. */
export function readKind(word: string): { kind: NoticeKind; tier: number | null } | null {
  const [, tier, rest] = /^(?:tier([1-4])_)?(.+)$/.exec(word.replaceAll('-', '_')) ?? []
  const kind = NOTICE_KINDS.find((known) => keyOfKind(known) === rest)
  return kind ? { kind, tier: tier ? Number(tier) : null } : null
}
