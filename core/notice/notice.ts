import type { Stage } from '../contract/api.ts'
import type { Contact } from '../policy/notification-policy.ts'
import type { Severity } from '../severity.ts'
import type { Instant } from '../units.ts'
import type { Channel, NoticeKind, NoticeUrgency } from './words.ts'

/** A part of a notice: a heading and its lines, whole. */
export type Section = { title: string; lines: readonly string[] }

/** How an escalation stands, for the top of a thread; the only part of a message that is changed in place. */
export type Card = {
  escalationId: string
  ticketId: number
  ticketUrl: string
  stage: Stage
  tier: number
  tierName: string
  queueName: string
  severity: Severity
  summary: string
  account: string
  respondBy: Instant | null
  /** Null while nobody has it. */
  owner: string | null
}

/** What a page does to the alert it belongs to. */
export type PageAction = 'trigger' | 'acknowledge' | 'resolve'

/** Somebody whom a notice is for, and why them. */
export type Recipient = { role: string; contact: Contact }

/**
 * Something to tell somebody over one channel. Plain data, kept as it is until it is delivered: what the escalation
 * says later is another notice.
 */
export type Notice = {
  /** Same event, kind, channel and place, same id: sent once. */
  id: string
  /** What it tells of, over whichever channel: the beginning of its id. */
  about: string
  escalationId: string
  ticketId: number
  kind: NoticeKind | 'state'
  channel: Channel
  /** Where in the channel: a Slack channel, an e-mail address, the name of a PagerDuty key; `''` where there is one place. */
  place: string
  /** For lists: who gets it. */
  recipient: string
  recipients: readonly Recipient[]
  urgency: NoticeUrgency
  subject: string
  opening: string
  sections: readonly Section[]
  card: Card
  /** In a thread of its escalation, below the card. */
  isThreaded: boolean
  page: PageAction | null
  /** Which of the episode's hand-overs it is of; a page of another tier is another alert. */
  handOver: number
  /** When what it tells of happened. */
  happenedAt: Instant
  /** Not before this instant, because nobody is at work; null for at once. */
  notBefore: Instant | null
  /** Why nobody is sent it: `dry-run`, `nobody-holds-role`, `no-address`; null to send it. */
  suppressed: string | null
  /** What takes its place when this channel does not take it, one step after the other, and after how long of trying. */
  fallback: { steps: readonly (readonly Way[])[]; afterMs: number | null }
}

/** One way to reach some people: the channel, where in it, and whom there. */
export type Way = { channel: Channel; place: string; recipients: readonly Recipient[] }

/** Notices of one lane go out one after the other and, when several wait, together. */
export function laneOf({ escalationId, channel, place }: Pick<Notice, 'escalationId' | 'channel' | 'place'>): string {
  return `${escalationId}/${channel}/${place}`
}
