import { z } from 'zod'
import { DRAFT_FORMS } from '../knowledge/effect.ts'

/** `GET /api/tickets/:id/article-drafts`: what the escalation that was resolved last gave the Help Center. */
export const TicketDrafts = z.strictObject({
  escalationId: z.string(),
  /** Whether the policy says where drafts go. */
  canDraft: z.boolean(),
  drafts: z.array(
    z.strictObject({
      form: z.enum(DRAFT_FORMS),
      standing: z.enum(['wanted', 'refused', 'draft', 'published', 'gone']),
      title: z.string().nullable(),
      url: z.string().nullable(),
      /** Why it was refused. */
      trouble: z.string().nullable(),
    }),
  ),
})
export type TicketDrafts = z.infer<typeof TicketDrafts>

export const DraftRequest = z.strictObject({ form: z.enum(DRAFT_FORMS).default('article') })
