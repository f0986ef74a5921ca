import type { Step } from '../../core/escalation/step.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

/**
 * What follows from what happened to tickets, outside of their states: people are told. In the transaction that records
 * what happened, so that neither is there without the other.
 */
export type FollowUp = (
  tx: AccountTransaction,
  steps: readonly Step[],
  setting: { accountId: number; now: Instant; calendars: AccountCalendars },
) => Promise<void>

export const noFollowUp: FollowUp = async () => {}
