import type { TicketMoment } from '../escalation/state.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import { ownMoments, statusOf } from './as-zendesk.ts'

/** Zendesk's own figures about a ticket, which are no SLA clocks: they count from the creation, whatever a policy says. */
export const NATIVE = [
  'reply_time',
  'first_resolution_time',
  'full_resolution_time',
  'requester_wait_time',
  'agent_wait_time',
  'on_hold_time',
] as const
export type NativeMetric = (typeof NATIVE)[number]

/** Whole minutes, every hour counted; null where nothing was measured yet. */
export type NativeFigures = Record<NativeMetric, number | null>

const SOLVED: readonly string[] = ['solved', 'closed']

/**
 * The same figures from what happened to the ticket. A time in a status is measured once the ticket has left it.
 *
 * Source: https://support.zendesk.com/hc/en-us/articles/4408834848154
 */
export function nativeFigures(moments: readonly TicketMoment[]): NativeFigures {
  const own = ownMoments(moments)
  const begin = own[0]
  if (!begin) return Object.fromEntries(NATIVE.map((metric) => [metric, null])) as NativeFigures
  const statuses = own.flatMap((moment) => {
    const status = statusOf(moment)
    return status === null ? [] : [{ at: moment.at, status }]
  })
  const changes = statuses.filter(({ status }, index) => status !== statuses[index - 1]?.status)
  const solved = changes.filter(
    ({ status }, index) => SOLVED.includes(status) && !SOLVED.includes(changes[index - 1]?.status ?? ''),
  )
  const until = (at: Instant | undefined) => (at === undefined ? null : minutes(at - begin.at))
  const spent = (wanted: readonly string[]) => {
    const left = changes.flatMap(({ at, status }, index) => {
      const next = changes[index + 1]
      return next && wanted.includes(status) ? [next.at - at] : []
    })
    return left.length === 0 ? null : minutes(left.reduce((sum, ms) => sum + ms, 0))
  }
  return {
    reply_time: until(own.find(({ what }) => what === 'replied' || what === 'told')?.at),
    first_resolution_time: until(solved[0]?.at),
    full_resolution_time: until(solved.at(-1)?.at),
    requester_wait_time: spent(['new', 'open', 'hold']),
    agent_wait_time: spent(['pending']),
    on_hold_time: spent(['hold']),
  }
}

function minutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS)
}
