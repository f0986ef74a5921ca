import type { Instant } from '../units.ts'
import type { IssueState } from './issue-state.ts'
import type { IssueAddress } from './tracker.ts'

/** The issue in which engineering works on an escalation has changed its state, as its tracker says. */
export type IssueFact = {
  kind: 'issue'
  /** When it happened there. */
  at: Instant
  issue: IssueAddress & { title: string | null }
  state: IssueState
  /** Their name in the tracker; null when it does not say. */
  by: string | null
  /** The delivery that told it. */
  deliveryId: string
}
