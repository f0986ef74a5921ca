import type { EscalationEvent } from '../escalation/events.ts'
import type { PageAction } from './notice.ts'
import type { NoticeKind } from './words.ts'

const KINDS: Readonly<Record<string, readonly NoticeKind[]>> = {
  requested: ['handoff', 'management-summary', 'executive-briefing', 'customer-confirmation'],
  raised: ['handoff', 'management-summary', 'executive-briefing'],
  'handed-on': ['handoff', 'management-summary', 'executive-briefing'],
  'on-call-told': ['on-call'],
  'nobody-notified': ['nobody-notified'],
  accepted: ['accepted'],
  returned: ['returned'],
  progress: ['progress'],
  'fix-available': ['progress'],
  'issue-linked': ['progress'],
  'release-decided': ['progress'],
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
export function kindsOf({ kind }: Pick<EscalationEvent, 'kind'>): readonly NoticeKind[] {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind]! : []
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

const ACKNOWLEDGES: readonly string[] = ['accepted']
const RESOLVES: readonly string[] = [
  'resolved',
  'deescalated',
  'returned',
  'rejected',
  'withdrawn',
  'ticket-ended',
  'moved',
]

/** What an event does to pages that are open already, whoever was to be told of it. */
export function pageActionOf({ kind }: Pick<EscalationEvent, 'kind'>): PageAction | null {
  if (ACKNOWLEDGES.includes(kind)) return 'acknowledge'
  return RESOLVES.includes(kind) ? 'resolve' : null
}

/** What tells two events of one escalation apart, the same whenever it is worked out. */
export function markOf(event: EscalationEvent): string {
  const { kind, at, auditId } = event
  const which = ['clockId', 'percent', 'timer', 'step', 'commandId', 'promise']
    .map((key) => (event as Record<string, unknown>)[key])
    .filter((value) => value !== undefined && value !== null)
  return [kind, at, ...(auditId === null ? [] : [auditId]), ...which].join('.')
}
