import { same, single } from './differences.ts'
import type { Policy } from './policy.ts'

/** What differs between two policies about what becomes of what was learned. */
export function diffKnowledge({ knowledge: before }: Policy, { knowledge: after }: Policy): string[] {
  return [
    ...(same(before.drafts, after.drafts) ? [] : ['where drafts of articles go: changed']),
    ...single('resolutions that owe an article', before.draftFor, after.draftFor),
    ...single('articles due after minutes', before.due, after.due),
    ...single('who owes articles', before.owner, after.owner),
  ]
}
