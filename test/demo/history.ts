import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Context } from '../../server/context.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { syncStanding } from '../../server/sync/standing.ts'
import { type HistoryOptions, historyState } from '../zendesk/history/history.ts'
import type { State } from '../zendesk/state/model.ts'
import type { MovableClock } from '../zendesk/world.ts'
import { DEMO_POLICY } from './policy.ts'

export type HistorySize = Pick<HistoryOptions, 'tickets' | 'episodes'> & { days: number }

/** One ticket in eight was escalated. A small account is a young one, with enough of its tickets still open. */
export function sizeOf(tickets: number): HistorySize {
  return { tickets, episodes: Math.round(tickets * 0.12), days: Math.round(Math.min(550, 60 + tickets / 25)) }
}

/** The demo company as it is at `until`, with its past. */
export async function writeHistory({ days, ...size }: HistorySize, until: Instant): Promise<State> {
  const { state } = await historyState({ ...size, from: until - days * DAY_MS, until, policy: DEMO_POLICY })
  return state
}

/** How much of Zendesk's time reading an account takes at most, and some more: its exports give ten pages a minute. */
export function readingTime({ tickets }: HistorySize): number {
  return 12 * MINUTE_MS + (tickets / 1000) * 3 * MINUTE_MS
}

const STEP_MS = 30 * SECOND_MS
const PROGRESS_MS = 10 * SECOND_MS

/**
 * Lets Baton read the account for the first time, within the limits that Zendesk sets: time is moved on while it does. Ends
 * when everything was read and each ticket that was ever escalated was looked at.
 */
export async function readHistory(context: Context, { clock, onStep, signal }: Reading): Promise<void> {
  let toldAt = performance.now()
  while (!signal.aborted) {
    const progress = await untilIdle(context, signal)
      .then(() => progressOf(context))
      .catch(ignoreBusyDatabase)
    if (!progress) continue
    if (progress.isDone) return onStep(`Baton has read the account: ${inWords(progress)}`)
    if (performance.now() - toldAt > PROGRESS_MS) {
      toldAt = performance.now()
      onStep(`Reading: ${inWords(progress)}`)
    }
    await clock.advance(STEP_MS)
    // Real time goes on more slowly than the clock, and timers that nobody looks at count as frozen.
    await context.timers.sweep.pass()
  }
}

/** A laptop that is busy with everything at once may keep one of our looks waiting for too long; Baton tries again by itself. */
function ignoreBusyDatabase(error: Error): null {
  if (/connection timeout|timeout exceeded/i.test(error.message)) return null
  throw error
}

type Reading = { clock: MovableClock; onStep: (sentence: string) => void; signal: AbortSignal }

type Progress = { tickets: number; changes: number; escalations: number; isDone: boolean }

function inWords({ tickets, changes, escalations }: Progress): string {
  const [read, told, rebuilt] = [tickets, changes, escalations].map((count) => count.toLocaleString('en'))
  return `${read} tickets, ${told} changes, ${rebuilt} escalations`
}

function progressOf({ db, account, clock }: Context): Promise<Progress> {
  return inAccount(db, account.id, async (tx) => {
    const { exports } = await syncStanding(tx, clock.now())
    const histories = exports.filter(({ progress }) => progress !== null)
    const kept = (name: string) => exports.find((one) => one.export === name)?.kept ?? 0
    const { rows } = await sql<{ escalations: number; unseen: number }>`
      select (select count(*)::int from escalation) as escalations,
             (select count(*)::int from zendesk_ticket as told left join ticket as ours using (account_id, ticket_id)
              where told.tags @> array['baton'] and told.standing in ('live', 'merged')
                and ours.ticket_id is null) as unseen`.execute(tx)
    const { escalations, unseen } = rows[0]!
    const isRead = histories.length > 0 && histories.every(({ state }) => state === 'done')
    return {
      tickets: kept('tickets-history'),
      changes: kept('ticket-events-history'),
      escalations,
      isDone: isRead && unseen === 0,
    }
  })
}

/** Waits until no job is due: moving time on while some are would only make them late. */
async function untilIdle({ db }: Context, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < 600 && !signal.aborted; tries++) {
    const { rows } = await sql<{ due: number }>`
      select count(*)::int as due from jobs.job
      where state = 'active' or (state in ('created', 'retry') and start_after <= now())`.execute(db)
    if (rows[0]!.due === 0) return
    await delay(50)
  }
}
