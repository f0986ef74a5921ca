import type { Fact } from '../../core/escalation/facts.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * A command id is one command. One that began an escalation on another ticket was copied, so what came with it is not
 * believed here.
 */
export async function distrustUsedCommands(
  tx: AccountTransaction,
  ticketId: number,
  facts: readonly Fact[],
): Promise<Fact[]> {
  const ids = facts.flatMap((fact) => (fact.kind === 'command' && fact.envelope ? [fact.envelope.id] : []))
  if (ids.length === 0) return [...facts]
  const rows = await tx
    .selectFrom('escalation')
    .select('command_id')
    .where('command_id', 'in', ids)
    .where('ticket_id', '!=', ticketId)
    .execute()
  const used = new Set(rows.map((row) => row.command_id))
  return facts.map((fact) =>
    fact.kind === 'command' && fact.envelope && used.has(fact.envelope.id)
      ? { ...fact, reading: { ok: false, problems: ['Its command was already used on another ticket.'] } }
      : fact,
  )
}

/**
 * An id that an escalation bears by our own marks is one escalation. One that another ticket has in this record is given
 * anew here: the marks were made by another record, and this one had begun to count by itself.
 */
export async function distrustUsedIds(
  tx: AccountTransaction,
  ticketId: number,
  facts: readonly Fact[],
): Promise<Fact[]> {
  const ids = facts.flatMap((fact) => ('knownAs' in fact && fact.knownAs ? [fact.knownAs] : []))
  if (ids.length === 0) return [...facts]
  const rows = await tx
    .selectFrom('escalation')
    .select('id')
    .where('id', 'in', ids)
    .where('ticket_id', '!=', ticketId)
    .execute()
  const used = new Set(rows.map(({ id }) => id))
  return facts.map((fact) => {
    if (!('knownAs' in fact) || !fact.knownAs || !used.has(fact.knownAs)) return fact
    const { knownAs: _, ...unknown } = fact
    return unknown
  })
}
