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
