import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'

/** Tickets that are left alone for a while, because what is due for them cannot be told. */
export type Aside = {
  add(ticketId: number, now: Instant): void
  /** It could be told after all. */
  forget(ticketId: number): void
  at(now: Instant): number[]
}

/** First for a minute, then twice as long each time, never longer than an hour. */
export function createAside(): Aside {
  const tickets = new Map<number, { until: Instant; forMs: number }>()
  return {
    add(ticketId, now) {
      const forMs = Math.min(HOUR_MS, (tickets.get(ticketId)?.forMs ?? MINUTE_MS / 2) * 2)
      tickets.set(ticketId, { until: now + forMs, forMs })
    },
    forget: (ticketId) => void tickets.delete(ticketId),
    at: (now) => [...tickets].flatMap(([ticketId, { until }]) => (until > now ? [ticketId] : [])),
  }
}
