import type { Instant } from '../units.ts'
import type { ShowStage } from './effects.ts'
import { showStage } from './route.ts'
import { openEscalation, type TicketState } from './state.ts'

/**
 * Says the stage once more in a ticket that says another. Null where nothing is open, and where no update of ours has
 * arrived yet: that one says it, or a person was told why it could not.
 *
 * @param since when it was looked for before, which tells one time from the next
 */
export function showAgain(state: TicketState, since: Instant): ShowStage | null {
  const open = openEscalation(state)
  if (!open || !['done', 'differs'].includes(open.routing.state)) return null
  return showStage(state, open, { source: `${open.id}.again.${since}`, afterAuditId: state.lastAuditId })
}
