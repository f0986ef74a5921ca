import type { SyncedName } from '../sync/exports.ts'

import type { Lane } from '../zendesk/budget.ts'

/** The jobs and what each carries: ids only. `lane`: what its calls to Zendesk are paid from; `interactive` when left out. */
export type JobPayloads = {
  /** Look at a ticket: read it and its new audits, turn them into facts, decide. One waiting job per ticket. */
  observe: { accountId: number; ticketId: number; lane?: Lane }
  /** Carry out one effect. */
  act: { accountId: number; effectId: string }
  /** Look for tickets whose webhook never came. One waiting job per account, which queues the next. */
  'catch-up': { accountId: number }
  /** Read what happened to Zendesk's own clocks. One waiting job per account, which queues the next. */
  'metric-events': { accountId: number }
  /** Read a page of what tells of the whole account. One waiting job per export, which queues the next. */
  sync: { accountId: number; export: SyncedName }
  /** Look once a day for what was missed. One waiting job per account, which queues the next. */
  reconcile: { accountId: number }
  /** Read the schedules that the policy takes from Zendesk. One waiting job per account, which queues the next. */
  schedules: { accountId: number }
  /** Count the deadlines of open escalations anew that follow from a schedule which has changed. */
  recount: { accountId: number }
  /** Send what waits in one lane of notices. `wakesAt`: only look then whether anything is due. */
  notify: { accountId: number; lane: string; wakesAt?: number }
}

export type JobName = keyof JobPayloads
