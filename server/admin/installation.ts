import { z } from 'zod'

/** Baton's own ticket fields, by the key the rest of the code calls them. */
export const FIELD_KEYS = ['tier', 'queue', 'stage', 'severity', 'urgency', 'escalation_id'] as const
export type FieldKey = (typeof FIELD_KEYS)[number]

/** What `setup` made in a Zendesk account: ids to write to, compare against and take away again. */
export const Installation = z.object({
  /** The user our OAuth client acts as; its own updates never fire our trigger. */
  integrationUserId: z.int().nullable().default(null),
  fields: z.partialRecord(z.enum(FIELD_KEYS), z.int()).default({}),
  webhookId: z.string().nullable().default(null),
  triggerId: z.int().nullable().default(null),
  /** The trigger that tells of tickets which somebody moves to specialists without a word to Baton. */
  moveTriggerId: z.int().nullable().default(null),
  viewId: z.int().nullable().default(null),
  /** Groups that `setup` created because the policy names them; `uninstall` leaves them, they may hold tickets. */
  groupIds: z.array(z.int()).default([]),
})
export type Installation = z.infer<typeof Installation>
