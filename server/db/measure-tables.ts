import type { ColumnType, Generated } from 'kysely'
import type { Severity } from '../../core/severity.ts'

/** A ticket that changed and has to be measured. Only added to by those who change tickets, so that nobody waits for it. */
export type MeasureMarkTable = {
  account_id: number
  id: Generated<number>
  ticket_id: number
}

/** When a ticket has to be measured again though nothing happens to it: a clock of it will be breached. */
export type MeasureTimerTable = {
  account_id: number
  ticket_id: number
  due_at: number
}

/** Held by whoever measures an account, one at a time. */
export type MeasureAccountTable = {
  account_id: number
  /** The zone that weeks were added up by. */
  zone: string
  /** Counts up whenever a figure may have changed. */
  version: number
}

/** What figures are made of (`MeasureCase`); its parts lie in the schema `measures`, one for each measure. */
export type MeasureCaseTable = {
  account_id: number
  ticket_id: number
  measure: string
  escalation_id: string
  part: number
  at: number
  outcome: string
  amount: number | null
  note: string
  tier: number | null
  queue: string | null
  component: string | null
  category: string | null
  segment: string | null
  severity: Severity | null
  agent: number | null
  reason: string | null
  origin: string | null
}

/** Where an escalation was, and who had it (`TierStay`). */
export type MeasureStayTable = {
  account_id: number
  ticket_id: number
  escalation_id: string
  part: number
  tier: number
  queue: string
  component: string | null
  category: string | null
  segment: string | null
  severity: Severity | null
  reason: string | null
  origin: string | null
  owner: number | null
  standing: 'with-tier' | 'returned'
  requested_at: number
  from_at: number
  to_at: number | null
}

/**
 * Cases of one part of a week (`core/metrics/parts.ts`), added up by the values of one dimension, or by none. Of a part
 * that is in `measure_week_due` they are out of date.
 */
export type MeasureWeekTable = {
  account_id: number
  from_at: number
  to_at: number
  dimension: string
  /** Empty for what says nothing, and where the dimension is `none`. */
  value: string
  measure: string
  hits: number
  misses: number
  open: number
  excluded: ColumnType<number[], number[], number[]>
  total: number
  /** Amounts of a duration, ascending, four bytes each; null of others. */
  amounts: Buffer | null
}

/** Parts of weeks whose cases have changed since they were added up. */
export type MeasureWeekDueTable = {
  account_id: number
  from_at: number
  to_at: number
  /** When the first of them changed. */
  since: number
}

/** How an agent was called last, by the record. */
export type MeasureAgentTable = {
  account_id: number
  agent: number
  name: string
  /** When they were called so. */
  seen_at: number
}
