import { showAgain } from '../../core/escalation/show-again.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import type { Jobs } from '../jobs/jobs.ts'

type Pass = { accountId: number; now: Instant /** 0 for the first. */; lastAt: Instant; jobs: Pick<Jobs, 'enqueueAll'> }

/** Has our field say the stage again in these tickets. The same pass twice asks for it once. */
export async function showStages(
  tx: AccountTransaction,
  ticketIds: readonly number[],
  { accountId, now, lastAt, jobs }: Pass,
): Promise<void> {
  const states = await readTicketStates(tx, [...ticketIds])
  const effects = states.flatMap((state) => showAgain(state, lastAt) ?? [])
  await keepEffects(tx, effects, { accountId, now })
  const acts = effects.map(({ id }) => ({ accountId, effectId: id }))
  await jobs.enqueueAll(tx, 'act', acts)
}
