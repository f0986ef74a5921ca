import { useSyncExternalStore } from 'react'
import type { TicketSnapshot } from './ticket-snapshot.ts'
import type { TicketStore } from './ticket-store.ts'

/** The ticket as it is now; the component shows every change. */
export function useTicket(store: TicketStore): TicketSnapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot)
}
