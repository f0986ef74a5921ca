/** An article answers a question; a runbook says what to do, step by step. */
export const DRAFT_FORMS = ['article', 'runbook'] as const
export type DraftForm = (typeof DRAFT_FORMS)[number]

/**
 * Writes a draft to the Help Center, for agents alone, and tells the ticket where it is. Ids only: the text is made when it
 * is written, of what the record says then.
 */
export type DraftArticle = {
  kind: 'draft-article'
  /** One for each escalation and form: written once. */
  id: string
  escalationId: string
  ticketId: number
  /** What it leaves in the ticket comes after this. */
  afterAuditId: number
  form: DraftForm
}

export function draftEffect(
  of: Pick<DraftArticle, 'escalationId' | 'ticketId' | 'afterAuditId' | 'form'>,
): DraftArticle {
  return { kind: 'draft-article', id: `${of.escalationId}.draft.${of.form}`, ...of }
}

/** The label by which a draft is found again; labels are lower case. */
export function draftLabel(escalationId: string): string {
  return escalationId.toLowerCase()
}
