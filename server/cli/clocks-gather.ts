import { explain } from '../../core/clock/explain.ts'
import { type Comparison, compareWithZendesk, counterpartOf } from '../../core/clock/zendesk-differences.ts'
import { foldZendeskClocks, type ZendeskClock } from '../../core/clock/zendesk-sla.ts'
import type { ClockExplanation, ClockView } from '../../core/contract/api.ts'
import { type Escalation, openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import { explainZendesk } from '../admin/explain-zendesk.ts'
import { clockExplanationOf } from '../api/clock-explanation.ts'
import { clockViewsOf, shownClocks } from '../api/clock-view.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { keepMetricEvents, readMetricEvents } from '../sync/metric-event-rows.ts'
import { type ExportStanding, exportStanding } from '../sync/standing.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { ShownTarget } from '../zendesk/ticket-slas.ts'

/** A clock of ours, why its deadline is when it is, and the clock of Zendesk's that comes closest. */
export type ComparedClock = {
  view: ClockView
  explanation: ClockExplanation
  /** Null when Zendesk has none like it, or it told us nothing of it. */
  zendesk: (Comparison & Pick<ZendeskClock, 'metric' | 'instance'>) | null
}

/** Zendesk's own clocks, from its answer just now or from what was kept of its export. */
export type ZendeskSide = {
  source: 'zendesk' | 'kept'
  /** Why Zendesk could not be asked; null when it answered. */
  trouble: string | null
  clocks: ZendeskClock[]
  /** What Zendesk's agents are shown; empty from what was kept. */
  shown: ShownTarget[]
  /** How far its export is read, from which the kept ones are. */
  export: ExportStanding['state']
}

/** All there is to say about the clocks of a ticket. */
export type TicketClocks = {
  ticketId: number
  asOf: Instant
  escalation: Pick<Escalation, 'id' | 'stage'>
  clocks: ComparedClock[]
  zendesk: ZendeskSide
}

/** @throws with a message for the person who asked, when there is no clock to show */
export async function gatherClocks(context: Context, ticketId: number): Promise<TicketClocks> {
  const { db, clock, account, calendars } = context
  const asOf = clock.now()
  const state = await inAccount(db, account.id, (tx) => readTicketState(tx, ticketId))
  const escalation = openEscalation(state) ?? state.escalations.at(-1)
  const zendesk = await readZendeskSide(context, ticketId, escalation !== undefined)
  if (!escalation) throw new Error(noEscalation(ticketId, zendesk))
  return {
    ...{ ticketId, asOf, escalation: { id: escalation.id, stage: escalation.stage } },
    clocks: compared(state, await calendars.of(account.id), zendesk, asOf),
    zendesk,
  }
}

/** @param isKnown of a ticket without an escalation there is nothing to keep, and nothing kept */
async function readZendeskSide(context: Context, ticketId: number, isKnown: boolean): Promise<ZendeskSide> {
  const { db, clock, account, config } = context
  const now = clock.now()
  const { state } = await exportStanding(db, account.id, 'ticket-metric-events', clock)
  try {
    const zendesk = await context.zendeskFor(account.id)
    const { events, shown } = await zendesk.getTicketSlas(ticketId)
    if (isKnown) await inAccount(db, account.id, (tx) => keepMetricEvents(tx, account.id, events, now))
    return { source: 'zendesk', trouble: null, clocks: foldZendeskClocks(events, now), shown, export: state }
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    const isGone = error.failure === 'not-found'
    if (isGone && !isKnown) throw new Error(`Zendesk has no ticket ${ticketId}, or Baton's user may not see it.`)
    const kept = await inAccount(db, account.id, (tx) => readMetricEvents(tx, ticketId))
    const trouble = isGone ? `Zendesk no longer shows ticket ${ticketId}.` : explainZendesk(error, config.zendesk.url)
    return { source: 'kept', trouble, clocks: foldZendeskClocks(kept, now), shown: [], export: state }
  }
}

function noEscalation(ticketId: number, { trouble }: ZendeskSide): string {
  const none = `Baton knows of no escalation on ticket ${ticketId}, and its clocks begin with one.`
  return trouble === null ? none : `${none} Whether there is such a ticket, Zendesk does not say: ${trouble}`
}

function compared(
  state: TicketState,
  calendars: AccountCalendars,
  zendesk: ZendeskSide,
  now: Instant,
): ComparedClock[] {
  const folded = new Map(shownClocks(state, calendars.calendarOf, now).map((one) => [one.clock.id, one]))
  return clockViewsOf(state, calendars, now).flatMap((view) => {
    const explanation = clockExplanationOf(state, calendars, view.id, 'en', now)
    const one = folded.get(view.id)
    if (!explanation || !one) return []
    const counterpart = counterpartOf(view.name, one.state)
    const theirs = zendesk.clocks.find(
      ({ metric, instance }) => metric === counterpart?.metric && instance === counterpart.instance,
    )
    const versions = explain(view.id, one.state, calendars.calendarOf, now)?.schedules.length ?? 0
    const beside = theirs && {
      ...{ metric: theirs.metric, instance: theirs.instance },
      ...compareWithZendesk(one.state, theirs, versions),
    }
    return [{ view, explanation, zendesk: beside ?? null }]
  })
}
