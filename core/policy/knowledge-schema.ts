import { z } from 'zod'
import { RESOLUTION_CODES } from '../command/answers.ts'
import { anyNumberOf, Label, Span } from './entries.ts'

/** Something of Zendesk's Help Center, by its name or its id. */
const Named = z.union([Label, z.int().positive()], 'Write a name or an id')

/** Whose turn it is when an article is owed. */
export const DEBT_OWNERS = ['resolver', 'component_owner'] as const

export const KnowledgeEntry = z.strictObject({
  section: Named,
  runbook_section: Named.optional(),
  permission_group: Named,
  /** Agents alone; anything else is refused when a draft is written. */
  user_segment: Named,
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/, 'Write a language as Zendesk does, such as en-us')
    .optional(),
  labels: z.array(Label).max(20, 'At most 20 labels').optional(),
  draft_for: anyNumberOf(z.enum(RESOLUTION_CODES)).optional(),
  due: Span.optional(),
  owner: z.enum(DEBT_OWNERS).optional(),
})
