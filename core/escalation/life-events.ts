import type { IssueState } from '../engineering/issue-state.ts'
import type { Instant } from '../units.ts'
import type { Criterion } from './criteria.ts'
import type { ArticleAnswer, Helper, ResolutionCode, ReturnReason } from './life-state.ts'

/** What people did in an escalation after it was asked for, and what follows from it. */
export type LifeEvent =
  /** A change of group without a note began it. */
  | { kind: 'registered'; tier: number; queue: string; fromGroup: string | null; reasons: string[]; owed: string[] }
  /** `owner`: who has it now, which is not always who said so. */
  | { kind: 'accepted'; owner?: string; comment?: string }
  | { kind: 'owner-changed'; from: string | null; to: string | null }
  | { kind: 'returned'; reason: ReturnReason; missing: string[]; explanation: string; toGroup: string | null }
  /** The escalating side sent it again. */
  | { kind: 'came-back'; via: 'note' | 'move'; tier: number; queue: string }
  | { kind: 'help-asked'; helpers: Helper[]; skill: string; question: string }
  /** `stopped`: nothing was open, and because of it nothing was begun. */
  | { kind: 'same-problem'; commandId: string; pastId: string; stopped: boolean; comment: string }
  | { kind: 'had-to-ask'; sections: string[]; explanation: string }
  | {
      kind: 'progressed'
      status: 'investigating' | 'fixing' | null
      actions: string[]
      nextSteps: string
      cause: string
      estimate: Instant | null
    }
  /** `by` is null where a business rule moved the ticket. */
  | {
      kind: 'handed-on'
      via: 'command' | 'move' | 'approval'
      fromTier: number
      fromQueue: string
      tier: number
      queue: string
      reason: string
    }
  /** It went back to a queue that had it before. `costMs`: since it was first sent back and forth. */
  | { kind: 'bounced'; queue: string; times: number; costMs: number }
  | { kind: 'third-touch'; touches: number; queues: string[] }
  | { kind: 'issue-linked'; tracker: string; key: string; url: string; title: string }
  | { kind: 'issue-changed'; key: string; url: string; from: IssueState | null; to: IssueState; who: string | null }
  | { kind: 'release-decided'; release: 'hotfix' | 'next_release'; date: Instant; reason: string }
  /** `via`: what said so. */
  | { kind: 'fix-available'; version: string; what: string; via: 'command' | 'issue' }
  | {
      kind: 'resolved'
      rootCause: string
      resolution: ResolutionCode
      fix: string
      article: ArticleAnswer
      articleUrl: string
      articleReason: string
      couldBeLower: boolean | null
      monitoringUntil: Instant | null
    }
  | { kind: 'monitoring-ended'; missing: Criterion[]; lateMs: number }
  | { kind: 'deescalated'; via: 'command' | 'move'; rationale: string; missing: Criterion[]; toGroup: string | null }
  /** The escalating side does not want it any more. */
  | { kind: 'withdrawn'; rationale: string; toGroup: string | null }
  | { kind: 'approval-asked'; rule: string; title: string; of: string }
  | { kind: 'approved'; rule: string; title: string; comment: string }
  | { kind: 'rejected'; rule: string; title: string; reason: string; ends: boolean }
  /** When the customer is to hear from us next, because of what was said of a date. */
  | { kind: 'promise-moved'; from: Instant | null; to: Instant | null; why: string }
  | { kind: 'promise-overdue'; promise: string; since: Instant; lateMs: number }
  /** Somebody answered in public after the fix could be had. */
  | { kind: 'customer-told' }
