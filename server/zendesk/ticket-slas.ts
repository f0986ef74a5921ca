import { z } from 'zod'
import type { ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Call } from './call.ts'
import { readMetricEvent } from './metric-events.ts'

/** What an agent sees of one target in Zendesk, now. */
export type ShownTarget = {
  /** The name in the policy: `first_reply_time`, `requester_wait_time` … */
  metric: string
  /** `active`, `paused`, `achieved` …; a breached one stays active. */
  stage: string
  breachAt: Instant | null
  /** Below zero when overdue; null when Zendesk tells none. */
  leftMs: number | null
}

/** Zendesk's own clocks of one ticket: what happened to them, and what its agents are shown. */
export type TicketSlas = { events: ZendeskMetricEvent[]; shown: ShownTarget[] }

const MINUTES_OF = { minutes: 1, hours: 60, days: 24 * 60 } as const

const Shown = z.object({
  metric: z.string(),
  stage: z.string(),
  breach_at: z.string().nullish(),
  minutes: z.number().nullish(),
  hours: z.number().nullish(),
  days: z.number().nullish(),
})

const Answer = z.object({
  ticket: z.object({
    slas: z.object({ policy_metrics: z.array(Shown).nullish() }).nullish(),
    metric_events: z.record(z.string(), z.array(z.unknown())).nullish(),
  }),
})

export function createTicketSlas(call: Call) {
  return { getTicketSlas }

  /**
   * Zendesk's clocks of a ticket, in one call that costs nothing of the exports. Where the plan has no SLAs both are empty
   * but for what Zendesk measures on every ticket.
   *
   * @throws {ZendeskError} `not-found` for a ticket that is deleted or that we may not see
   * Source: https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
   */
  async function getTicketSlas(ticketId: number): Promise<TicketSlas> {
    const { ticket } = await call(
      'get',
      `/api/v2/tickets/${ticketId}.json?include=slas,metric_events`,
      undefined,
      Answer,
    )
    return {
      events: Object.values(ticket.metric_events ?? {})
        .flat()
        .map(readMetricEvent)
        .filter((event) => event !== null),
      shown: (ticket.slas?.policy_metrics ?? []).map(readShown),
    }
  }
}

function readShown(shown: z.output<typeof Shown>): ShownTarget {
  const breachAt = shown.breach_at == null ? Number.NaN : Date.parse(shown.breach_at)
  const unit = (['minutes', 'hours', 'days'] as const).find((name) => shown[name] != null)
  return {
    metric: shown.metric,
    stage: shown.stage,
    breachAt: Number.isNaN(breachAt) ? null : breachAt,
    leftMs: unit === undefined ? null : shown[unit]! * MINUTES_OF[unit] * MINUTE_MS,
  }
}
