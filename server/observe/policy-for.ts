import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { currentPolicy, policyOfVersion } from '../policy/store.ts'

/** The policy an escalation that is under way began with; for a new one, `version` null, the policy in force. */
export async function policyFor(
  db: Database,
  accountId: number,
  version: string | null,
  now: Instant,
): Promise<Policy> {
  const pinned = version === null ? null : await policyOfVersion(db, accountId, version)
  return pinned ?? (await currentPolicy(db, accountId, now))
}
