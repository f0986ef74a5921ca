import type { CalendarOf } from '../clock/sla.ts'
import { foldClock } from '../clock/sla.ts'
import { scheduleOf, targetOf } from '../clock/sla-state.ts'
import { compareWithZendesk, counterpartOf, type ZendeskDifference } from '../clock/zendesk-differences.ts'
import { clocksOf, type TicketClock } from '../escalation/clocks.ts'
import type { TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { ZendeskCheck } from './check-zendesk.ts'

/**
 * A clock of Baton's beside the one of Zendesk's that comes closest. `explained`: they differ by what the differences
 * name, and Zendesk's, reckoned by Zendesk's rules, comes out as Zendesk says; so nothing else sets them apart.
 */
export type Pair = Pick<TicketClock, 'id' | 'name' | 'tier'> &
  Pick<ZendeskCheck, 'metric' | 'instance'> & {
    verdict: 'agrees' | 'explained' | 'unexplained'
    differences: ZendeskDifference[]
  }

/**
 * @param checks Zendesk's clocks of the ticket, each reckoned again
 * @param versionsOf how many versions of a schedule there are
 */
export function pairsOf(
  state: TicketState,
  checks: readonly ZendeskCheck[],
  calendarOf: CalendarOf,
  versionsOf: (schedule: string) => number,
  asOf: Instant,
): Pair[] {
  return clocksOf(state).flatMap((clock): Pair[] => {
    const folded = foldClock(clock.events, calendarOf, asOf)
    const wanted = targetOf(folded) && counterpartOf(clock.name, folded)
    const theirs = checks.find(({ metric, instance }) => metric === wanted?.metric && instance === wanted.instance)
    if (!theirs) return []
    const schedule = scheduleOf(folded)
    const { agrees, differences } = compareWithZendesk(
      folded,
      theirs.clock,
      schedule === null ? 0 : versionsOf(schedule),
    )
    const isProven = theirs.verdict === 'agrees' || theirs.verdict === 'explained'
    const isNamed = differences.every(({ what }) => what !== 'unexplained')
    const { id, name, tier } = clock
    const verdict = agrees ? 'agrees' : isProven && isNamed ? 'explained' : 'unexplained'
    return [{ id, name, tier, metric: theirs.metric, instance: theirs.instance, verdict, differences }]
  })
}
