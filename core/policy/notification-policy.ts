import type { Channel, NoticeKind, NoticeUrgency, Route, SectionName } from '../notice/words.ts'
import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'

/** Which escalations something is for; an empty list means any. */
export type Selector = {
  queues: readonly string[]
  tiers: readonly number[]
  severities: readonly Severity[]
}

/** How each channel reaches people. Secrets are never part of a policy. */
export type ChannelSettings = {
  slack: {
    /** A name with its `#`, or an id. */
    channel: string
    oncall: string
    /** The first that fits is taken. */
    channels: readonly (Selector & { channel: string })[]
    /** One thread an escalation, with its state kept up to date on top. */
    thread: boolean
  }
  /** Names of keys that the server was given. */
  pagerduty: { service: string; services: readonly (Selector & { service: string })[] }
  email: { from: string | null }
  webhook: { url: string | null }
}

/** Somebody who can be told. */
export type Contact = {
  name: string
  email: string | null
  /** Slack's id of a member or of a group. */
  slack: string | null
  /** Zendesk's id of the user. */
  zendesk: number | null
}

/** Who holds a role, for some escalations. */
export type Holder = Selector & { contact: Contact /** Names of customers' accounts. */; accounts: readonly string[] }

/** Which kinds of notices go to whom, and how. */
export type NoticeRule = Selector & {
  kinds: readonly NoticeKind[]
  roles: readonly string[]
  over: readonly Route[]
  /** Tried in order when a channel does not take it. */
  fallback: readonly Channel[]
  /** Null: by urgency. */
  fallbackAfter: Minutes | null
  /** Null: what the kind carries. */
  include: readonly SectionName[] | null
  /** Null: by severity and kind. */
  urgency: NoticeUrgency | null
}

export type NotificationSettings = {
  /** Nothing is sent; what would be is kept as suppressed. */
  dryRun: boolean
  locale: string
  rules: readonly NoticeRule[]
  people: readonly Contact[]
  roles: Readonly<Record<string, readonly Holder[]>>
  /** Locale → kind → what is said instead of Baton's own words. */
  templates: Readonly<
    Record<string, Readonly<Partial<Record<NoticeKind, { subject: string | null; opening: string | null }>>>>
  >
}
