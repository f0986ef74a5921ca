import type { ClockEvent } from '../clock/clock-event.ts'
import type { ClockKind } from '../clock/targets.ts'
import { compareMoments } from './moments.ts'
import { stampOf } from './planned-events.ts'
import type { TicketMoment } from './state.ts'

/** What the ticket itself does to a kind of clock: its statuses, answers to the customer, its end, its coming back. */
export function ticketEvents(moments: readonly TicketMoment[], kind: ClockKind): ClockEvent[] {
  const events: ClockEvent[] = []
  let wasSolved = false
  for (const moment of moments.toSorted(compareMoments)) {
    const stamp = stampOf(moment)
    switch (moment.what) {
      case 'created':
        events.push({ ...stamp, kind: 'status', status: moment.status })
        break
      case 'status':
        // A clock that somebody stopped by resolving goes on as well when the ticket is reopened.
        if (wasSolved && moment.status !== 'solved') events.push({ ...stamp, kind: 'reopen' })
        events.push({ ...stamp, kind: 'status', status: moment.status })
        wasSolved = moment.status === 'solved'
        break
      case 'replied':
        if (kind.stopsOn.includes('agent-replied')) events.push({ ...stamp, kind: 'stop', why: 'agent-replied' })
        break
      case 'ended':
        events.push({ ...stamp, kind: 'cancel', why: moment.why })
        break
      case 'follow-up':
        events.push({ ...stamp, kind: 'follow-up', status: moment.status })
        break
    }
  }
  return events
}
