import type { ResolutionCode } from '../escalation/life-state.ts'
import type { Minutes } from '../units.ts'
import type { DEBT_OWNERS } from './knowledge-schema.ts'

/** Something of the Help Center, by its name or its id. */
export type HelpCenterName = string | number

/** Where in the Help Center drafts go, and for whom. */
export type DraftPlace = {
  section: HelpCenterName
  /** That of articles where no other is named. */
  runbookSection: HelpCenterName
  permissionGroup: HelpCenterName
  userSegment: HelpCenterName
  locale: string
  labels: readonly string[]
}

/** What becomes of what was learned. */
export type KnowledgeSettings = {
  /** Null: nothing is written to the Help Center. What is owed is counted all the same. */
  drafts: DraftPlace | null
  /** Resolutions that owe an article whatever the resolver said of it. */
  draftFor: readonly ResolutionCode[]
  /** Until when an article is owed, in calendar time. */
  due: Minutes
  owner: (typeof DEBT_OWNERS)[number]
}
