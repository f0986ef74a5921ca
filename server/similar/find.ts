import type { SimilarCard, SuggestionView } from '../../core/contract/similar.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { PastCase } from '../../core/similar/past-case.ts'
import { NEIGHBOURS, SUGGESTED_FIELDS, type SuggestedField, suggest } from '../../core/similar/suggest.ts'
import { type ProblemText, termsOf } from '../../core/similar/weigh.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { caseOfRow } from './case-row.ts'
import { FEWEST_EXAMPLES, type Lessons } from './lessons.ts'
import type { PastCases } from './past-cases.ts'

/** Less alike than this is chance. */
const ALIKE_FROM = 0.12
/** How many are fetched: what agents said of them may change their order. */
const LOOKED_AT = 24
/** What agents said moves a case by little until several agree. */
const PRIOR = 4

export type FindDeps = { db: Database; pastCases: PastCases; lessons: Lessons }

export type Asked = {
  problem: ProblemText
  limit: number
  /** The ticket it is asked for: its own escalations, and those said not to be the same there, are left out. */
  ticketId: number | null
  policy: Pick<Policy, 'components' | 'tiers'>
}

export type Answered = { cases: SimilarCard[]; suggestions: SuggestionView[] }

type Likely = { past: PastCase; score: number; sameProblems: number }

/** The past escalations most like a problem, how each ended, and what they suggest for it. */
export async function findSimilar(accountId: number, asked: Asked, { db, pastCases, lessons }: FindDeps) {
  const { problem, limit, ticketId, policy } = asked
  const terms = termsOf(problem)
  if (terms.size === 0) return { cases: [], suggestions: [] } satisfies Answered
  const index = await pastCases.of(accountId)
  const found = index.search(terms, { limit: Math.max(LOOKED_AT, limit) }).filter(({ score }) => score >= ALIKE_FROM)
  const { likely, answers } = await inAccount(db, accountId, async (tx) => ({
    likely: await weighed(tx, found, ticketId),
    answers: ticketId === null ? [] : await answersOf(tx, ticketId),
  }))
  const refused = new Set(answers.map(({ subject }) => subject))
  const others = likely.filter(({ past }) => past.ticketId !== ticketId && !refused.has(past.escalationId))
  return {
    cases: others.slice(0, limit).map(cardOf),
    suggestions: SUGGESTED_FIELDS.filter((field) => !refused.has(field)).flatMap((field) =>
      suggestionOf(field, others),
    ),
  } satisfies Answered

  function suggestionOf(field: SuggestedField, neighbours: readonly Likely[]): SuggestionView[] {
    const valued = neighbours.slice(0, NEIGHBOURS).map(({ past, score }) => {
      return { id: past.escalationId, score, value: valueIn(past, field) }
    })
    // What it learnt may name what the policy no longer has.
    const learnt = index.size() < FEWEST_EXAMPLES ? null : lessons.classify(accountId, field, problem)
    const classified = learnt?.filter(({ label }) => nameOf(field, label)) ?? null
    const suggested = suggest(field, valued, classified)
    const name = suggested && nameOf(field, suggested.value)
    return suggested?.isSure && name ? [{ ...suggested, name }] : []
  }

  function nameOf(field: SuggestedField, value: string): string | null {
    if (field === 'severity') return value
    if (field === 'tier') return policy.tiers.find(({ level }) => String(level) === value)?.name ?? null
    return policy.components.find(({ id }) => id === value)?.name ?? null
  }
}

export function valueIn(past: Pick<PastCase, SuggestedField>, field: SuggestedField): string | null {
  const value = past[field]
  return value === null ? null : String(value)
}

/** With what agents said of them: those found to be the same problem more often than not come earlier. */
async function weighed(
  tx: AccountTransaction,
  found: readonly { id: string; score: number }[],
  ticketId: number | null,
): Promise<Likely[]> {
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  const rows = await tx.selectFrom('similar_case').selectAll().where('escalation_id', 'in', ids).execute()
  const same = await tx
    .selectFrom('same_problem')
    .select(['escalation_id', (count) => count.cast<number>(count.fn.countAll(), 'integer').as('times')])
    .where('escalation_id', 'in', ids)
    .groupBy('escalation_id')
    .execute()
  const notSame = await tx
    .selectFrom('similar_answer')
    .select(['subject', (count) => count.cast<number>(count.fn.countAll(), 'integer').as('times')])
    .where('subject', 'in', ids)
    .where('answer', '=', 'not-same')
    .where('ticket_id', '!=', ticketId ?? 0)
    .groupBy('subject')
    .execute()
  const byId = new Map(rows.filter(({ is_gone }) => !is_gone).map((row) => [row.escalation_id, caseOfRow(row)]))
  const sameTimes = new Map(same.map(({ escalation_id, times }) => [escalation_id, times]))
  const notTimes = new Map(notSame.map(({ subject, times }) => [subject, times]))
  return found
    .flatMap(({ id, score }): Likely[] => {
      const past = byId.get(id)
      const sameProblems = sameTimes.get(id) ?? 0
      const factor = (sameProblems + PRIOR) / (sameProblems + (notTimes.get(id) ?? 0) + PRIOR)
      return past ? [{ past, score: score * factor, sameProblems }] : []
    })
    .sort((a, b) => b.score - a.score || (a.past.escalationId < b.past.escalationId ? -1 : 1))
}

/** What in this ticket is not to be shown again. */
function answersOf(tx: AccountTransaction, ticketId: number) {
  return tx
    .selectFrom('similar_answer')
    .select('subject')
    .where('ticket_id', '=', ticketId)
    .where('answer', 'in', ['not-same', 'refused'])
    .execute()
}

function cardOf({ past, score, sameProblems }: Likely): SimilarCard {
  return {
    ...{ escalationId: past.escalationId, ticketId: past.ticketId, score, summary: past.summary },
    ...{ component: past.component, category: past.category, severity: past.severity },
    ...{ tier: past.tier, queue: past.queue, code: past.code, rootCause: past.rootCause, fix: past.fix },
    ...{ articleUrl: past.articleUrl, resolvedAt: new Date(past.resolvedAt).toISOString() },
    ...{ tookMs: past.resolvedAt - past.requestedAt, resolvedBy: past.resolvedBy, sameProblems },
  }
}
