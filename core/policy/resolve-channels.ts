import { nearest } from '../nearest.ts'
import type { ChannelSettings, Selector } from './notification-policy.ts'
import type { Queue } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

/** Where Slack's notices go unless the policy says otherwise, so that `slack_channel` and `slack_oncall` mean something. */
const DEFAULT_CHANNEL = '#escalations'
const DEFAULT_ONCALL = '#escalations-oncall'
/** The key that `BATON_PAGERDUTY_KEY` gives. */
const DEFAULT_SERVICE = 'default'

export type KnownPlaces = { queues: Readonly<Record<string, Queue>>; levels: readonly number[] }

export function resolveChannels(
  { channels = {} }: EscalationEntry,
  known: KnownPlaces,
  report: Report,
): ChannelSettings {
  const root: Path = ['escalation', 'channels']
  const { slack = {}, pagerduty = {}, email, webhook } = channels
  return {
    slack: {
      channel: slack.channel ?? DEFAULT_CHANNEL,
      oncall: slack.oncall ?? slack.channel ?? DEFAULT_ONCALL,
      channels: (slack.channels ?? []).map((entry, index) => ({
        ...selectorOf(entry, known, [...root, 'slack', 'channels', index], report),
        channel: entry.channel,
      })),
      thread: slack.thread ?? true,
    },
    pagerduty: {
      service: pagerduty.service ?? DEFAULT_SERVICE,
      services: (pagerduty.services ?? []).map((entry, index) => ({
        ...selectorOf(entry, known, [...root, 'pagerduty', 'services', index], report),
        service: entry.service,
      })),
    },
    email: { from: email?.from ?? null },
    webhook: { url: webhook?.url ?? null },
  }
}

type SelectorEntry = {
  queue?: string[] | undefined
  tier?: number[] | undefined
  severity?: Selector['severities'] | undefined
}

export function selectorOf(
  entry: SelectorEntry,
  { queues, levels }: KnownPlaces,
  path: Path,
  report: Report,
): Selector {
  entry.queue?.forEach((id, index) => {
    if (Object.hasOwn(queues, id)) return
    report.refuse([...path, 'queue', index], `There is no queue "${id}"`, nearest(id, Object.keys(queues)))
  })
  entry.tier?.forEach((level, index) => {
    if (levels.includes(level)) return
    report.refuse([...path, 'tier', index], `There is no tier ${level}; there are ${levels.join(', ')}`)
  })
  return { queues: entry.queue ?? [], tiers: entry.tier ?? [], severities: entry.severity ?? [] }
}
