import type { Step } from '../../core/escalation/step.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

/**
 * What follows from what happened to tickets, outside of their states: people are told, and what later cases and the
 * knowledge base need of it is kept. In the transaction that records what happened, so that neither is there without the
 * other. `wasTold`: an earlier record told people when it happened, so it is only kept.
 */
export type FollowUp = (
  tx: AccountTransaction,
  steps: readonly Step[],
  setting: { accountId: number; now: Instant; calendars: AccountCalendars; wasTold?: boolean },
) => Promise<void>
