import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Logger } from '../log.ts'
import { currentPolicy } from '../policy/store.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { ZendeskSchedules } from '../zendesk/schedules.ts'
import { keepVersions, lockSchedules } from './keep-versions.ts'
import { type ScheduleTrouble, schedulesInZendesk, usesZendesk } from './read-schedules.ts'
import { keepStanding, readStanding } from './standing.ts'
import { readVersions } from './versions.ts'

type Reading = Pick<ZendeskClient, 'listSchedules'>

export type SyncSchedulesDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueue'>
  log: Pick<Logger, 'info' | 'warn'>
  zendeskOf(accountId: number): Reading | Promise<Reading>
}

const NEXT_LOOK_MS = 5 * MINUTE_MS

/**
 * Reads the schedules that the policy takes from Zendesk, keeps what changed, and queues the next pass. Zendesk tells
 * nobody of a change and keeps no history of it: a change counts from when we saw it.
 *
 * Safe to run twice: what is as it was makes no version. Whatever Zendesk answers, a next pass is queued.
 */
export async function syncSchedules({ accountId }: JobPayloads['schedules'], deps: SyncSchedulesDeps): Promise<void> {
  const { db, clock, jobs, log } = deps
  let retryAt: Instant | null = null
  try {
    await takeOver(accountId, deps)
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    retryAt = error.retryAt
    const { failure, reason } = error
    log.warn({ event: 'schedules.not-read', accountId, failure, reason, call: error.message })
  }
  await inAccount(db, accountId, async (tx) => {
    // Also for what a look at a ticket wrote by older calendars meanwhile.
    await jobs.enqueue(tx, 'recount', { accountId })
    await jobs.enqueue(tx, 'schedules', { accountId }, { runAt: retryAt ?? clock.now() + NEXT_LOOK_MS })
  })
}

/**
 * Reads Zendesk's schedules and makes versions of those that changed.
 *
 * @returns ids of the schedules that changed, and what is wrong with some
 * @throws {ZendeskError} when Zendesk can't be asked now
 */
export async function takeOver(
  accountId: number,
  { db, clock, jobs, log, zendeskOf }: SyncSchedulesDeps,
): Promise<{ changed: string[]; troubles: ScheduleTrouble[] }> {
  const policy = await currentPolicy(db, accountId, clock.now())
  const found = usesZendesk(policy) ? await (await zendeskOf(accountId)).listSchedules() : NOTHING
  const { changed, troubles, before } = await inAccount(db, accountId, async (tx) => {
    const now = clock.now()
    await lockSchedules(tx, accountId)
    // Another policy may name others by now; the next pass reads those.
    if ((await currentPolicy(tx, accountId, now)).version !== policy.version) return UNCHANGED
    const { read, troubles } = schedulesInZendesk(policy, found, await readVersions(tx))
    const before = await readStanding(tx)
    await keepStanding(tx, accountId, { readAt: now, troubles })
    const changed = await keepVersions(tx, accountId, read, now)
    if (changed.length > 0) await jobs.enqueue(tx, 'recount', { accountId })
    return { changed, troubles, before: before.troubles }
  })
  const isNew = ({ why }: ScheduleTrouble) => !before.some((old) => old.why === why)
  for (const { id, why, meanwhile } of troubles.filter(isNew)) {
    log.warn({ event: 'schedules.trouble', accountId, schedule: id, reason: `${why} ${meanwhile}` })
  }
  if (before.length > 0 && troubles.length === 0) log.info({ event: 'schedules.resumed', accountId })
  if (changed.length > 0) log.info({ event: 'schedules.changed', accountId, schedules: changed })
  return { changed, troubles }
}

const UNCHANGED = { changed: [], troubles: [], before: [] }
const NOTHING: ZendeskSchedules = { ok: true, schedules: [] }
