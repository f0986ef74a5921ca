import { type DecisionKind, weekOf } from '../../core/review/agenda.ts'
import { inAccount } from '../db/in-account.ts'
import type { ReviewDeps } from './gather.ts'
import { decide } from './store.ts'

export type Decided = { escalationId: string; decision: DecisionKind; note: string; by: string; week?: string }

/**
 * Records a decision of a weekly review.
 *
 * @returns the week
 * @throws with a message for whoever decided, when that week's review was not held or did not have it
 */
export async function decideInWeek(
  accountId: number,
  { db, clock }: Pick<ReviewDeps, 'db' | 'clock'>,
  { escalationId, decision, note, by, week: asked }: Decided,
): Promise<string> {
  const at = clock.now()
  const week = asked ?? weekOf(at)
  if (decision === 'note' && note.trim() === '') throw new Error('A note says something: add --note.')
  const isKept = await inAccount(db, accountId, (tx) => decide(tx, week, escalationId, { decision, note, by, at }))
  if (isKept) return week
  throw new Error(
    `${escalationId} is not on the agenda that was kept for ${week}. Hold the review first: baton reviews weekly --keep`,
  )
}
