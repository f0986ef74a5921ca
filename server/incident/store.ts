import type { AccountTransaction } from '../db/in-account.ts'

/** Escalations that are or were part of a major incident. */
export async function majorEscalations(tx: AccountTransaction): Promise<Set<string>> {
  const rows = await tx.selectFrom('incident_ticket').select('escalation_id').where('unlinked_at', 'is', null).execute()
  return new Set(rows.map(({ escalation_id }) => escalation_id))
}
