import type { Report, ReportRequest } from '../../core/contract/report.ts'
import { inAccount } from '../db/in-account.ts'
import { completeSince } from '../sync/history.ts'
import { syncedTo } from '../sync/standing.ts'
import { type ReportSetting, reportOf } from './report.ts'

/** Answers to questions about windows that are over, which stay the same until a case changes. */
export type KeptReports = { of(request: ReportRequest, setting: ReportSetting): Promise<Report> }

const MOST = 200

export function createKeptReports(): KeptReports {
  const kept = new Map<string, { stamp: string; report: Report }>()
  return { of }

  async function of(request: ReportRequest, setting: ReportSetting): Promise<Report> {
    if (Date.parse(request.to) > setting.now) return reportOf(request, setting)
    const key = JSON.stringify([setting.accountId, request])
    const stamp = await stampOf(setting)
    const known = kept.get(key)
    kept.delete(key)
    // Read before the answer is made: what changes meanwhile is answered anew.
    const report =
      known?.stamp === stamp
        ? { ...known.report, asOf: new Date(setting.now).toISOString() }
        : await reportOf(request, setting)
    kept.set(key, { stamp, report })
    if (kept.size > MOST) kept.delete(kept.keys().next().value!)
    return report
  }
}

/** Everything an answer depends on besides the question. */
function stampOf({ db, accountId, policy, calendars }: ReportSetting): Promise<string> {
  return inAccount(db, accountId, async (tx) => {
    const account = await tx.selectFrom('measure_account').select(['version', 'zone']).executeTakeFirst()
    const tickets = [await syncedTo(tx), await completeSince(tx)]
    return JSON.stringify([account, policy.version, calendars.asOf, tickets])
  })
}
