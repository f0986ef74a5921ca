import type { Instant } from '../units.ts'
import type { AuditPosition, TicketFact } from './facts.ts'
import type { Moment, TicketMoment, TicketState } from './state.ts'

/** Facts of one audit that can be told apart within one instant; the last place is for what Baton does after it. */
const PLACES = 16

/** Where a fact stands among everything that happened at its instant. */
export function momentOf({ at, author, auditId, part }: AuditPosition & Pick<TicketFact, 'at' | 'author'>): Moment {
  return { at, order: auditId * PLACES + Math.min(part, PLACES - 2), by: author?.name ?? null }
}

/** A moment that no audit holds: after everything that was read so far. */
export function momentAfter({ lastAuditId }: TicketState, at: Instant, by: string | null): Moment {
  return { at, order: lastAuditId * PLACES + PLACES - 1, by }
}

/** By instant, then by place. */
export function compareMoments(a: Pick<Moment, 'at' | 'order'>, b: Pick<Moment, 'at' | 'order'>): number {
  return a.at - b.at || a.order - b.order
}

export function recorded(state: TicketState, ...moments: TicketMoment[]): TicketState {
  return { ...state, moments: [...state.moments, ...moments] }
}

/** The last thing said of the ticket's status up to an instant; null before anything was. */
export function statusAt({ moments }: TicketState, at: Instant): string | null {
  let status: string | null = null
  for (const moment of moments.toSorted(compareMoments)) {
    if (moment.at > at) break
    if ('status' in moment) status = moment.status
    else if (moment.what === 'ended') status = moment.why
  }
  return status
}
