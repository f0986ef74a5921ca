import { setImmediate } from 'node:timers/promises'
import { type Classifier, type Example, learnToClassify } from '../../core/similar/classify.ts'
import { SUGGESTED_FIELDS, type SuggestedField } from '../../core/similar/suggest.ts'
import type { ProblemText } from '../../core/similar/weigh.ts'
import { type Clock, HOUR_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'

/** With fewer, the escalations most like a problem tell more than what could be learnt. */
export const FEWEST_EXAMPLES = 60
/** The newest ones: what the product and its teams are like now. Learning from them takes a second or two. */
const MOST_EXAMPLES = 3000
const LEARN_AGAIN_AFTER_MS = 6 * HOUR_MS

export type Lessons = {
  /**
   * Every value of a field with its probability; null while too few escalations are there, or nothing is learnt yet, which
   * is begun then.
   */
  classify(accountId: number, field: SuggestedField, problem: ProblemText): ReturnType<Classifier['classify']> | null
  /** Learns what an account's resolved escalations teach, now. */
  learn(accountId: number): Promise<void>
}

type Learnt = { at: Instant; by: Partial<Record<SuggestedField, Classifier>> }

/**
 * What an account's own resolved escalations teach about component, severity and tier. Learnt in the background, a few
 * milliseconds at a time so that nothing waits for it, and again some hours later; lost with the process.
 */
export function createLessons({
  db,
  clock,
  onError,
}: {
  db: Database
  clock: Clock
  onError(error: unknown): void
}): Lessons {
  const learnt = new Map<number, Learnt>()
  const learning = new Map<number, Promise<void>>()

  return { classify, learn }

  function classify(accountId: number, field: SuggestedField, problem: ProblemText) {
    const known = learnt.get(accountId)
    if (!known || clock.now() - known.at > LEARN_AGAIN_AFTER_MS) learn(accountId).catch(onError)
    return known?.by[field]?.classify(textOf(problem)) ?? null
  }

  function learn(accountId: number): Promise<void> {
    const under = learning.get(accountId)
    if (under) return under
    const begun = learnAll(accountId).finally(() => learning.delete(accountId))
    learning.set(accountId, begun)
    return begun
  }

  async function learnAll(accountId: number): Promise<void> {
    const rows = await inAccount(db, accountId, (tx) =>
      tx
        .selectFrom('similar_case')
        .select(['summary', 'body', 'errors', 'component', 'severity', 'tier'])
        .where('is_gone', '=', false)
        .orderBy('resolved_at', 'desc')
        .orderBy('escalation_id')
        .limit(MOST_EXAMPLES)
        .execute(),
    )
    const by: Learnt['by'] = {}
    for (const field of SUGGESTED_FIELDS) {
      const examples = rows.flatMap((row): Example[] => {
        return row[field] === null ? [] : [{ text: textOf(row), label: String(row[field]) }]
      })
      if (examples.length >= FEWEST_EXAMPLES) by[field] = await inParts(learnToClassify(examples))
    }
    learnt.set(accountId, { at: clock.now(), by })
  }
}

async function inParts<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await setImmediate()
  }
}

function textOf({ summary, body = '', errors = '' }: ProblemText): string {
  return [summary, body, errors].join('\n')
}
