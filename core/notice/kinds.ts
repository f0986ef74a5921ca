import type { EscalationEvent } from '../escalation/events.ts'
import type { PageAction } from './notice.ts'
import type { NoticeKind } from './words.ts'

type EventKind = EscalationEvent['kind']

const TO_A_TIER: readonly NoticeKind[] = ['handoff', 'management-summary', 'executive-briefing']

const KINDS: Readonly<Partial<Record<EventKind, readonly NoticeKind[]>>> = {
  requested: [...TO_A_TIER, 'customer-confirmation'],
  registered: [...TO_A_TIER, 'customer-confirmation'],
  raised: TO_A_TIER,
  'handed-on': TO_A_TIER,
  'came-back': ['handoff'],
  'on-call-told': ['on-call'],
  'nobody-notified': ['nobody-notified'],
  'routing-refused': ['misrouted'],
  'routing-failed': ['misrouted'],
  'approval-asked': ['approval'],
  accepted: ['accepted'],
  returned: ['returned'],
  withdrawn: ['returned'],
  rejected: ['returned'],
  progressed: ['progress'],
  'issue-linked': ['progress'],
  'release-decided': ['progress'],
  'fix-available': ['progress'],
  'monitoring-ended': ['progress'],
  'help-asked': ['help'],
  'third-touch': ['help'],
  'clock-warned': ['breach-warning'],
  'clock-breached': ['breach-warning'],
  'promise-overdue': ['breach-warning'],
  'timer-fired': ['ageing-reminder'],
  resolved: ['resolved'],
  deescalated: ['de-escalation'],
}

/** What an event is told as; most are told to nobody. */
export function kindsOf(event: EscalationEvent): readonly NoticeKind[] {
  // Zendesk put it elsewhere than it was asked to: a queue of its own, a trigger, a group that takes nobody.
  if (event.kind === 'routed') return event.differences.length > 0 ? ['misrouted'] : []
  return KINDS[event.kind] ?? []
}

const PAGES: Readonly<Partial<Record<NoticeKind, PageAction>>> = {
  handoff: 'trigger',
  'on-call': 'trigger',
  'nobody-notified': 'trigger',
  'breach-warning': 'trigger',
  'ageing-reminder': 'trigger',
  help: 'trigger',
  accepted: 'acknowledge',
  returned: 'resolve',
  resolved: 'resolve',
  'de-escalation': 'resolve',
}

/** What a kind does to a page; null for one that nobody is paged for. */
export function pageOf(kind: NoticeKind): PageAction | null {
  return PAGES[kind] ?? null
}

const PAGES_AFTER: Readonly<Partial<Record<EventKind, PageAction>>> = {
  accepted: 'acknowledge',
  returned: 'resolve',
  withdrawn: 'resolve',
  resolved: 'resolve',
  deescalated: 'resolve',
  'ticket-ended': 'resolve',
}

/** What an event does to pages that are open already, whoever was to be told of it. */
export function pageActionOf(event: EscalationEvent): PageAction | null {
  // A rule that is not approved need not be the end.
  if (event.kind === 'rejected') return event.ends ? 'resolve' : null
  return PAGES_AFTER[event.kind] ?? null
}

/** Events after which an escalation stands otherwise than before. */
const CHANGES: readonly EventKind[] = [
  ...(['requested', 'registered', 'amended', 'raised', 'handed-on', 'came-back', 'accepted', 'owner-changed'] as const),
  ...(['returned', 'withdrawn', 'rejected', 'progressed', 'fix-available', 'resolved', 'monitoring-ended'] as const),
  ...(['deescalated', 'ticket-ended', 'moved', 'deadline-moved'] as const),
]

export function changesTheCard({ kind }: Pick<EscalationEvent, 'kind'>): boolean {
  return CHANGES.includes(kind)
}

/** What tells two events of one escalation apart, the same whenever it is worked out. */
export function markOf(event: EscalationEvent): string {
  const { kind, at, auditId } = event
  const which = ['clockId', 'percent', 'timer', 'step', 'commandId', 'promise', 'rule', 'queue', 'url']
    .map((key) => (event as unknown as Record<string, unknown>)[key])
    .filter((value) => value !== undefined && value !== null)
  return [kind, at, ...(auditId === null ? [] : [auditId]), ...which].join('.')
}
