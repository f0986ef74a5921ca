import type { Agenda, DecidedItem, DecisionKind, ReviewDecision, WeeklyReview } from '../../core/review/agenda.ts'
import type { PostAnswers } from '../../core/review/post.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** The review held last before a week; null when none was. */
export async function lastWeekly(tx: AccountTransaction, before: string): Promise<WeeklyReview | null> {
  const row = await tx
    .selectFrom('review')
    .select(['subject', 'held_at'])
    .where('kind', '=', 'weekly')
    .where('subject', '<', before)
    .orderBy('subject', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { week: row.subject, heldAt: row.held_at, items: await itemsOf(tx, row.subject) } : null
}

/** What was decided in a week, by escalation. */
export async function decisionsOf(tx: AccountTransaction, week: string): Promise<Map<string, ReviewDecision>> {
  const items = await itemsOf(tx, week)
  return new Map(items.flatMap(({ escalationId, decided }) => (decided ? [[escalationId, decided]] : [])))
}

async function itemsOf(tx: AccountTransaction, week: string): Promise<DecidedItem[]> {
  const rows = await tx
    .selectFrom('review_item')
    .select(['item', 'decision', 'note', 'decided_by', 'decided_at'])
    .where('kind', '=', 'weekly')
    .where('subject', '=', week)
    .execute()
  return rows.map(({ item, decision, note, decided_by, decided_at }) => ({
    ...item,
    decided:
      decision === null
        ? null
        : { decision: decision as DecisionKind, note: note ?? '', by: decided_by ?? '', at: decided_at ?? 0 },
  }))
}

/**
 * Keeps an agenda as the one of its week. Held again, it takes the place of the earlier one, but for what was decided:
 * that stays, also about what is in order by now.
 */
export async function keepWeekly(
  tx: AccountTransaction,
  accountId: number,
  { week, asOf, items }: Agenda,
): Promise<void> {
  const review = { account_id: accountId, kind: 'weekly' as const, subject: week }
  await tx
    .insertInto('review')
    .values({ ...review, held_at: asOf })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind', 'subject']).doUpdateSet({ held_at: asOf }))
    .execute()
  await tx
    .deleteFrom('review_item')
    .where('kind', '=', 'weekly')
    .where('subject', '=', week)
    .where('decision', 'is', null)
    .execute()
  for (const { change: _, added: __, before: ___, decided: ____, ...item } of items) {
    await tx
      .insertInto('review_item')
      .values({ ...review, escalation_id: item.escalationId, item: JSON.stringify(item) })
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'kind', 'subject', 'escalation_id'])
          .doUpdateSet((row) => ({ item: row.ref('excluded.item') })),
      )
      .execute()
  }
}

/** Records a decision; a later one about the same takes its place. False when it is not on that week's agenda. */
export async function decide(
  tx: AccountTransaction,
  week: string,
  escalationId: string,
  { decision, note, by, at }: ReviewDecision,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('review_item')
    .set({ decision, note, decided_by: by, decided_at: at })
    .where('kind', '=', 'weekly')
    .where('subject', '=', week)
    .where('escalation_id', '=', escalationId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type PostRecord = { answers: PostAnswers | null; doneAt: Instant | null; doneBy: string | null }

/** What people answered in reviews of escalations, by escalation. */
export async function postRecords(tx: AccountTransaction): Promise<Map<string, PostRecord>> {
  const rows = await tx
    .selectFrom('review')
    .select(['subject', 'answers', 'done_at', 'done_by'])
    .where('kind', '=', 'post')
    .execute()
  return new Map(
    rows.map(({ subject, answers, done_at, done_by }) => [
      subject,
      { answers: answers as PostAnswers | null, doneAt: done_at, doneBy: done_by },
    ]),
  )
}

/** Keeps what people answer; `done` names who says that the review is finished. */
export async function keepAnswers(
  tx: AccountTransaction,
  accountId: number,
  escalationId: string,
  { answers, done, dueAt, now }: { answers: PostAnswers; done: string | null; dueAt: Instant; now: Instant },
): Promise<void> {
  const kept = {
    ...{ held_at: now, due_at: dueAt, answers: JSON.stringify(answers) },
    ...(done === null ? {} : { done_at: now, done_by: done }),
  }
  await tx
    .insertInto('review')
    .values({ account_id: accountId, kind: 'post', subject: escalationId, ...kept })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind', 'subject']).doUpdateSet(kept))
    .execute()
}
