import type { ResolutionCode } from '../escalation/life-state.ts'
import type { Escalation } from '../escalation/state.ts'
import type { KnowledgeSettings } from '../policy/knowledge-policy.ts'
import type { Policy } from '../policy/policy.ts'
import { type Instant, MINUTE_MS } from '../units.ts'

/** Why an article is owed: one was promised, the policy asks for one, or it ended without a word about it. */
export type DebtReason = 'drafted' | 'called-for' | 'unsaid'

export type Debt = { why: DebtReason; owner: string; since: Instant; dueAt: Instant }

/** What an escalation owes the knowledge base. Null while it is neither resolved nor over. */
export type Owed =
  | { owes: true; debt: Debt }
  | { owes: false; how: 'linked' | 'not-needed'; at: Instant; by: string; url: string | null }
  | null

export function owedBy(
  escalation: Escalation,
  { knowledge, components }: Pick<Policy, 'knowledge' | 'components'>,
): Owed {
  const { resolution, ending } = escalation
  if (!resolution) {
    // One that was withdrawn or rejected taught nothing.
    if (ending?.how !== 'de-escalated') return null
    const owner = ownerOf(escalation, escalation.owner?.name ?? ending.by.name, knowledge, components)
    return { owes: true, debt: debt('unsaid', owner, ending.at, knowledge) }
  }
  const { article, articleUrl, code, at, by } = resolution
  if (article === 'linked' || article === 'improved') {
    return { owes: false, how: 'linked', at, by: by.name, url: articleUrl }
  }
  const isCalledFor = callsForArticle(code, knowledge)
  if (article === 'not_needed' && !isCalledFor) return { owes: false, how: 'not-needed', at, by: by.name, url: null }
  const owner = ownerOf(escalation, by.name, knowledge, components)
  return { owes: true, debt: debt(article === 'drafted' ? 'drafted' : 'called-for', owner, at, knowledge) }
}

function callsForArticle(code: ResolutionCode, { draftFor }: KnowledgeSettings): boolean {
  return draftFor.includes(code)
}

function debt(why: DebtReason, owner: string, since: Instant, { due }: KnowledgeSettings): Debt {
  return { why, owner, since, dueAt: since + due * MINUTE_MS }
}

function ownerOf(
  { note }: Escalation,
  resolver: string,
  { owner }: KnowledgeSettings,
  components: Policy['components'],
): string {
  if (owner === 'resolver') return resolver
  return components.find(({ id }) => id === note.triage.component)?.owners[0] ?? resolver
}
