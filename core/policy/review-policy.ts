import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'

/** What reviews look for, in calendar time. */
export type ReviewSettings = {
  /** Older than this is aged. */
  aged: Readonly<Record<Severity, Minutes>>
  /** How often somebody is to report progress. */
  progressEvery: Readonly<Record<Severity, Minutes>>
  /** After how many of those without a report it is stalled. */
  stalledAfter: number
  /** Fewer peers or cases than this say nothing. */
  least: number
  /** Of which tiers each escalation gets a review afterwards, and by when. */
  post: { tiers: readonly number[]; due: Minutes }
}

/** A major incident: one problem for many tickets. */
export type MajorIncidentSettings = {
  /** Escalations of these open one by themselves. */
  severities: readonly Severity[]
  bridgeUrl: string | null
  /** Name of the Zendesk group that has the problem ticket; null: that of the first escalation. */
  problemGroup: string | null
  /** Escalations of one component that come within this of the first belong to one incident. */
  joinWithin: Minutes
}
