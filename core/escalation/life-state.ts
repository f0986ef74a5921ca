import type { Answer } from '../command/forms.ts'
import type { IssueState } from '../engineering/issue-state.ts'
import type { IssueAddress } from '../engineering/tracker.ts'
import type { Instant } from '../units.ts'
import type { Criterion } from './criteria.ts'
import type { Author } from './facts.ts'
import type { Moment } from './state.ts'

export type Person = Pick<Author, 'id' | 'name'>

/** Whoever stands behind what a trigger, an automation or Zendesk itself did. */
export const A_RULE: Person = { id: -1, name: 'A business rule' }

/** Somebody who was asked to help; `id` is null for a name that Zendesk does not know. */
export type Helper = { id: number | null; name: string }

export type ReturnReason = NonNullable<Answer<'return'>['reason']>
export type ResolutionCode = NonNullable<Answer<'resolve'>['resolution']>
export type ArticleAnswer = NonNullable<Answer<'resolve'>['article']>

/** A report of how work goes. */
export type Progress = {
  at: Instant
  by: Person
  status: Answer<'progress'>['status']
  actions: string[]
  nextSteps: string
  cause: string
  estimate: Instant | null
}

/** Sent back, and what became of it. Between the two the clocks of the tier rest. */
export type Returned = Moment & {
  person: Person
  reason: ReturnReason
  missing: string[]
  explanation: string
  /** When the escalating side sent it again; null while it waits for them. */
  cameBack: Moment | null
}

export type Release = { at: Instant; by: Person; release: 'hotfix' | 'next_release'; date: Instant; reason: string }

/** An issue in which engineering works on it. */
export type LinkedIssue = IssueAddress & {
  title: string
  at: Instant
  by: Person
  /** What its tracker said last; null before it said anything. */
  told: { state: IssueState; at: Instant; by: string | null } | null
}

export type Fix = { at: Instant; by: Person | null; version: string; what: string }

export type Resolution = {
  at: Instant
  by: Person
  rootCause: string
  code: ResolutionCode
  fix: string
  article: ArticleAnswer
  articleUrl: string
  articleReason: string
  couldBeLower: boolean | null
}

/** What was asked about although the note should have said it. */
export type AskedAbout = { at: Instant; by: Person; sections: string[]; explanation: string }

/** A rule that waits, or waited, for somebody to agree. */
export type Approval = {
  rule: string
  title: string
  /** Who is to agree, as the rule names them. */
  of: string
  state: 'pending' | 'approved' | 'rejected'
  at: Instant
  by: Person | null
  comment: string
}

/** How the episode ended by a decision of a person. */
export type Ending = {
  at: Instant
  by: Person
  how: 'de-escalated' | 'withdrawn' | 'rejected'
  rationale: string
  customerConfirmed: boolean | null
  /** Criteria of the policy that did not hold. */
  missing: Criterion[]
}

/** What people said and did in an escalation since it was asked for. */
export type Life = {
  /** `note`: somebody asked for it with a note. `move`: the ticket was moved to a queue by hand, and the note is owed. */
  registeredBy: 'note' | 'move'
  /** Whoever has it; null while nobody does. */
  owner: Person | null
  helpers: Helper[]
  progress: Progress[]
  /** When it should be solved, as was said last. */
  estimate: Instant | null
  release: Release | null
  issues: LinkedIssue[]
  fix: Fix | null
  resolution: Resolution | null
  /** Until when the fix is watched; null where the policy does not ask for it. */
  monitoringUntil: Instant | null
  returns: Returned[]
  askedAbout: AskedAbout[]
  approval: Approval | null
  ending: Ending | null
}

export function newLife(): Life {
  return {
    registeredBy: 'note',
    owner: null,
    helpers: [],
    progress: [],
    estimate: null,
    release: null,
    issues: [],
    fix: null,
    resolution: null,
    monitoringUntil: null,
    returns: [],
    askedAbout: [],
    approval: null,
    ending: null,
  }
}
