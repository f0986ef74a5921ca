import { z } from 'zod'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * Something about timers that a person should know of, with the ids that lead to it and nobody's words.
 *
 * `failed` could not be told and is tried again later; `stuck` was told and is due all the same; `overdue` was not told
 * within the grace; `undelivered` was told, but its comment has not reached the ticket; `repaired` waited for another
 * instant than the state of its ticket says.
 */
export const Finding = z.object({
  kind: z.enum(['failed', 'stuck', 'overdue', 'undelivered', 'repaired']),
  escalationId: z.string(),
  /** The countdown, or the effect; null when it is the escalation as a whole. */
  what: z.string().nullable(),
  /** When it should have happened; of a repair, when it was made. */
  since: z.number(),
  foundAt: z.number(),
})
export type Finding = z.infer<typeof Finding>

/** A storm is named by its first few; the metrics count the rest. */
const MOST_KEPT = 200
/** A repair is over as soon as it is made, so it stays to be read for a while. */
const REPAIR_KEPT_MS = DAY_MS

export async function readFindings(tx: AccountTransaction): Promise<Finding[]> {
  const row = await tx.selectFrom('watch').select('findings').executeTakeFirst()
  return parse(row?.findings)
}

/**
 * Adds findings and drops those that are over.
 *
 * @param isOver for what was found before and is not among `found`
 * @returns those that were not known before
 */
export async function keepFindings(
  tx: AccountTransaction,
  accountId: number,
  found: readonly Finding[],
  isOver: (finding: Finding) => boolean = () => false,
): Promise<Finding[]> {
  await tx
    .insertInto('watch')
    .values({ account_id: accountId, findings: '[]' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx.selectFrom('watch').select('findings').forUpdate().executeTakeFirstOrThrow()
  const before = parse(row.findings)
  const known = new Map(before.map((finding) => [keyOf(finding), finding]))
  const named = new Set(found.map(keyOf))
  const kept = before.filter((finding) => !named.has(keyOf(finding)) && !isOver(finding))
  // Found again, it keeps the time at which it was found first.
  const all = [...kept, ...found.map((finding) => known.get(keyOf(finding)) ?? finding)]
  const findings = JSON.stringify(all.toSorted(lastingFirst).slice(0, MOST_KEPT))
  await tx.updateTable('watch').set({ findings }).execute()
  return found.filter((finding) => !known.has(keyOf(finding)))
}

export function isOldRepair({ kind, foundAt }: Finding, now: Instant): boolean {
  return kind === 'repaired' && foundAt < now - REPAIR_KEPT_MS
}

/** What lasts is one finding; what is repaired twice was wrong twice. */
function keyOf({ kind, escalationId, what, since }: Finding): string {
  return [kind, escalationId, what ?? '', kind === 'repaired' ? since : ''].join(' ')
}

function lastingFirst(a: Finding, b: Finding): number {
  return Number(a.kind === 'repaired') - Number(b.kind === 'repaired') || a.since - b.since
}

function parse(stored: unknown): Finding[] {
  return z.array(Finding).catch([]).parse(stored)
}
