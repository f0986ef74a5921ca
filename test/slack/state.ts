/** What the local Slack keeps. */
export type SlackMessage = {
  channel: string
  ts: string
  threadTs: string | null
  text: string
  blocks: Record<string, unknown>[]
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null
  isBroadcast: boolean
  /** How often it was changed in place. */
  edits: number
  /** The workspace lets nobody change it any more. */
  isLocked: boolean
}

export type SlackChannel = { id: string; name: string; isPrivate: boolean; isArchived: boolean; hasApp: boolean }

export type SlackState = {
  token: string
  /** What the token may do. */
  scopes: string[]
  channels: SlackChannel[]
  messages: SlackMessage[]
  /** Secret part of an incoming webhook's address → id of its channel. */
  webhooks: Record<string, string>
}

export const BOT_TOKEN = 'xoxb-local-0123456789-secret'
export const WEBHOOK_PATH = '/services/T0LOCAL/B0LOCAL/secret-of-the-webhook'

/** A workspace with the channels that policies name when nobody changes them. */
export function workspace(): SlackState {
  return {
    token: BOT_TOKEN,
    scopes: ['chat:write', 'channels:history', 'channels:read', 'groups:history', 'groups:read'],
    channels: [
      aChannel('C0ESCALATIONS', 'escalations'),
      aChannel('C0ONCALL0', 'escalations-oncall'),
      aChannel('C0PLATFORM', 'platform'),
      { ...aChannel('C0OLDNEWS', 'old-news'), isArchived: true },
      { ...aChannel('C0STRANGER', 'strangers'), hasApp: false },
    ],
    messages: [],
    webhooks: { [WEBHOOK_PATH]: 'C0ESCALATIONS' },
  }
}

function aChannel(id: string, name: string): SlackChannel {
  return { id, name, isPrivate: false, isArchived: false, hasApp: true }
}
