import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { SYNCED } from './exports.ts'
import type { HistorySpan } from './history.ts'

/**
 * Has the account read. Where it is not to be, nothing is queued, and that tickets were once read back to some day is
 * forgotten: those that change meanwhile are not kept.
 */
export async function beginSync(
  tx: AccountTransaction,
  accountId: number,
  { jobs, history }: { jobs: Pick<Jobs, 'enqueue'>; history: HistorySpan },
): Promise<void> {
  if (history === null) {
    await tx.deleteFrom('sync_cursor').where('export', '=', 'tickets-history').execute()
    return
  }
  for (const name of SYNCED) await jobs.enqueue(tx, 'sync', { accountId, export: name })
  await jobs.enqueue(tx, 'reconcile', { accountId })
}
