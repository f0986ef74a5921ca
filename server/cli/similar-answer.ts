import { formatDuration, MINUTE_MS } from '../../core/units.ts'
import type { Context } from '../context.ts'
import { findSimilar } from '../similar/find.ts'
import { createLessons } from '../similar/lessons.ts'
import { createPastCases } from '../similar/past-cases.ts'

const LIMIT = 5

/** The resolved escalations most like a text, each with its ending, and what they suggest. */
export async function describeSimilar(
  { db, account, clock, policyFor }: Context,
  { text, component, json }: { text: string; component: string | null; json: boolean },
): Promise<string> {
  const lessons = createLessons({ db, clock, onError: rethrow })
  await lessons.learn(account.id)
  const policy = await policyFor(account.id)
  const problem = { summary: text, component }
  const asked = { problem, limit: LIMIT, ticketId: null, policy }
  const answer = await findSimilar(account.id, asked, { db, pastCases: createPastCases(db), lessons })
  if (json) return JSON.stringify(answer, null, 2)
  if (answer.cases.length === 0) return 'No resolved escalation is like this.'
  return [
    ...answer.cases.map((one) =>
      [
        `${one.escalationId}  ${one.score.toFixed(2)}  ticket ${one.ticketId}, ${one.severity}${one.component ? `, ${one.component}` : ''}: ${one.summary}`,
        `  ${one.code.replaceAll('_', ' ')} after ${formatDuration(Math.round(one.tookMs / MINUTE_MS))} by ${one.resolvedBy}. ${one.rootCause}`,
        `  Fix: ${one.fix}${one.articleUrl ? `\n  ${one.articleUrl}` : ''}`,
      ].join('\n'),
    ),
    ...answer.suggestions.map(
      ({ field, name, confidence, agreeing, looked }) =>
        `${field}: ${name} (${Math.round(confidence * 100)} %; ${agreeing.length} of ${looked} similar)`,
    ),
  ].join('\n')
}

function rethrow(error: unknown): never {
  throw error
}
