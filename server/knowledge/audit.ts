import type { DeflectionResponse } from '../../core/contract/knowledge.ts'
import { auditSample } from '../../core/patterns/audit-sample.ts'
import { resolvableLower } from '../../core/patterns/opportunity.ts'
import type { PatternCase } from '../../core/patterns/pattern-case.ts'
import { shareOf } from '../../core/review/share.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { shareView } from './present.ts'

type Audit = DeflectionResponse['audit']
export type Verdict = Audit['sample'][number]['told']

/** The month in which a window ends, and what was drawn of it. */
export async function auditOf(tx: AccountTransaction, cases: readonly PatternCase[], to: Instant): Promise<Audit> {
  const month = new Date(to - 1).toISOString().slice(0, 7)
  const ofMonth = new Map(
    cases
      .filter(({ resolvedAt }) => new Date(resolvedAt).toISOString().startsWith(month))
      .map((one) => [one.escalationId, one]),
  )
  const rows = await tx
    .selectFrom('deflection_audit')
    .select(['escalation_id', 'verdict'])
    .where('month', '=', month)
    .execute()
  const verdicts = new Map(rows.map(({ escalation_id, verdict }) => [escalation_id, verdict]))
  const sample = auditSample([...ofMonth.keys()], month).map((escalationId) => {
    const one = ofMonth.get(escalationId)!
    const verdict = verdicts.get(escalationId) ?? null
    return { escalationId, ticketId: one.ticketId, verdict, told: toldOf(one) }
  })
  const both = sample.filter(({ verdict, told }) => isClear(verdict) && isClear(told))
  const agreed = both.filter(({ verdict, told }) => verdict === told)
  return { month, sample, agreement: shareView(shareOf(agreed.length, both.length)) }
}

/** Keeps what an auditor says; a later word takes the place of an earlier one. */
export async function keepVerdict(
  tx: AccountTransaction,
  accountId: number,
  given: { escalationId: string; month: string; verdict: Verdict; by: string; at: Instant },
): Promise<void> {
  const { escalationId, month, verdict, by, at } = given
  const said = { verdict, by_name: by, at }
  await tx
    .insertInto('deflection_audit')
    .values({ account_id: accountId, month, escalation_id: escalationId, ...said })
    .onConflict((conflict) => conflict.columns(['account_id', 'month', 'escalation_id']).doUpdateSet(said))
    .execute()
}

function toldOf(one: PatternCase): Verdict {
  const lower = resolvableLower(one)
  return lower === null ? 'unclear' : lower ? 'lower' : 'not-lower'
}

function isClear(verdict: Verdict | null): boolean {
  return verdict === 'lower' || verdict === 'not-lower'
}
