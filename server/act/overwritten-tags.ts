import { type Audit, asTags } from '../zendesk/audit.ts'
import type { Asked } from './changes.ts'

export type OverwrittenTags = { lost: string[]; returned: string[] }

/**
 * Tags of others that our update removed or brought back without wanting to. The stamp of a safe update has whole
 * seconds, so somebody else's update within the same second goes unseen; the audit shows what was really there.
 */
export function overwrittenTags(audit: Audit, { addTags, removeTags }: Asked): OverwrittenTags {
  const change = audit.changes.find(({ field, isByRule }) => field === 'tags' && !isByRule)
  if (!change) return { lost: [], returned: [] }
  const [before, after] = [asTags(change.previous), asTags(change.value)]
  return {
    lost: before.filter((tag) => !after.includes(tag) && !removeTags.includes(tag)),
    returned: after.filter((tag) => !before.includes(tag) && !addTags.includes(tag)),
  }
}
