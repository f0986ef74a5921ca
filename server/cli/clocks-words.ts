import type { ZendeskDifference } from '../../core/clock/zendesk-differences.ts'
import type { ZendeskClock } from '../../core/clock/zendesk-sla.ts'
import type { ClockView } from '../../core/contract/api.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import { formatDuration, MINUTE_MS } from '../../core/units.ts'

/** `tier 2 resolution`: a ticket may have several of a name. */
export function ourClock({ name, tier }: Pick<ClockView, 'name' | 'tier'>): string {
  const words = name.replaceAll('-', ' ')
  return tier === null ? words : `tier ${tier} ${words}`
}

/** `first reply time`, as Zendesk's policies call it, and `next reply time 2` for the second of several. */
export function zendeskClock({ metric, instance }: Pick<ZendeskClock, 'metric' | 'instance'>): string {
  if (metric === 'reply_time') return instance === 1 ? 'first reply time' : `next reply time ${instance - 1}`
  const words = metric === 'resolution_time' ? 'total resolution time' : metric.replaceAll('_', ' ')
  return instance === 1 ? words : `${words} ${instance}`
}

/** Below a minute nobody counts here. */
export function span(ms: number): string {
  return ms < 0 ? `-${span(-ms)}` : formatDuration(Math.floor(ms / MINUTE_MS))
}

export function sentenceOfDifference(difference: ZendeskDifference): string {
  switch (difference.what) {
    case 'start':
      return `Zendesk counts from ${writeInstant(difference.theirs)}, Baton from ${writeInstant(difference.ours)}.`
    case 'no-target':
      return "No SLA policy of Zendesk's fits the ticket: Zendesk measures, and promises nothing."
    case 'applied-later':
      return (
        `Zendesk counted from ${writeInstant(difference.startedAt)} and applied its target at ` +
        `${writeInstant(difference.appliedAt)}; its reports do not agree which of the two they count from.`
      )
    case 'target':
      return `Zendesk's policy promises ${span(difference.theirsMs)}, Baton's ${span(difference.oursMs)}.`
    case 'counts':
      return `Zendesk counts ${hours(difference.theirs)}, Baton ${hours(difference.ours)}.`
    case 'schedules':
      return (
        `Baton counted by ${difference.count} schedules, each while it was in force; Zendesk counts all business time ` +
        'by the last schedule of the ticket.'
      )
    case 'pauses':
      return `Zendesk's clock rests in ${statuses(difference.theirs)}, Baton's in ${statuses(difference.ours)}.`
    case 'end':
      return `Baton's clock ended when it was ${difference.ours}; Zendesk's waits for ${ends(difference.ours)}.`
    case 'unexplained':
      return "None of the known differences explains this: hold the stretches (--explain) against Zendesk's events."
  }
}

function hours(counts: 'business' | 'calendar'): string {
  return counts === 'business' ? 'open hours' : 'every hour'
}

function statuses(names: string[]): string {
  return names.length === 0 ? 'no status' : names.join(' and ')
}

function ends(ours: string): string {
  return ours === 'accepted' ? 'a public reply, or solving' : 'solving'
}
