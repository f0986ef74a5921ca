import type { DraftForm } from '../../core/knowledge/effect.ts'

/** A draft for the Help Center, from being asked for to being published. */
export type ArticleDraftTable = {
  account_id: number
  escalation_id: string
  form: DraftForm
  ticket_id: number
  asked_by: string
  asked_at: number
  /** `gone`: no longer in the Help Center. */
  standing: 'wanted' | 'refused' | 'draft' | 'published' | 'gone'
  /** Why it was refused, for people. */
  trouble: string | null
  article_id: number | null
  title: string | null
  url: string | null
  locale: string | null
  written_at: number | null
  published_at: number | null
  /** When Zendesk was last asked whether it is published. */
  looked_at: number | null
}

/** An article that a resolution owes the knowledge base. */
export type ArticleDebtTable = {
  account_id: number
  escalation_id: string
  ticket_id: number
  /** `drafted`: it was said that one would be; `called-for`: the policy asks for one; `unsaid`: it ended without a word. */
  why: 'drafted' | 'called-for' | 'unsaid'
  owner: string | null
  since: number
  due_at: number
  settled_at: number | null
  settled_how: 'published' | 'linked' | 'not-needed' | null
  settled_by: string | null
  article_url: string | null
  /** Why none is needed after all. */
  reason: string | null
}

/** What an auditor said of an escalation that was drawn at random. */
export type DeflectionAuditTable = {
  account_id: number
  month: string
  escalation_id: string
  verdict: 'lower' | 'not-lower' | 'unclear'
  by_name: string
  at: number
}
