import type { Policy } from '../../core/policy/policy.ts'
import type { Clock, Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { currentPolicy } from '../policy/store.ts'
import { readStanding } from './standing.ts'
import { type KeptVersion, readVersions } from './versions.ts'

/** A schedule that clocks count by, or did. */
export type ListedSchedule = {
  id: string
  /** Where the policy takes it from; null when the policy does not name it any more. */
  from: Policy['schedules'][number] | null
  /** Oldest first; none for one that was never read. */
  versions: KeptVersion[]
  /** What is wrong with it, if anything. */
  trouble: string | null
}

export type ScheduleList = { schedules: ListedSchedule[]; readAt: Instant | null }

/** Every schedule of the policy, and those that it named before and escalations may still count by. */
export async function listSchedules({
  db,
  clock,
  account,
}: {
  db: Database
  clock: Clock
  account: { id: number }
}): Promise<ScheduleList> {
  return inAccount(db, account.id, async (tx) => {
    const policy = await currentPolicy(tx, account.id, clock.now())
    const versions = Map.groupBy(await readVersions(tx), ({ schedule }) => schedule.id!)
    const { readAt, troubles } = await readStanding(tx)
    const ids = new Set([...policy.schedules.map(({ id }) => id), ...versions.keys()])
    const schedules = [...ids].map((id) => {
      const found = troubles.find((one) => one.id === id)
      return {
        id,
        from: policy.schedules.find((one) => one.id === id) ?? null,
        versions: versions.get(id) ?? [],
        trouble: found ? `${found.why} ${found.meanwhile}` : null,
      }
    })
    return { schedules, readAt }
  })
}
