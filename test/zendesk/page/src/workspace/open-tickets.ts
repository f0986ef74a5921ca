import { useCallback, useEffect, useRef, useState } from 'react'
import type { Session } from '../session/session.ts'
import { createTicketStore, type TicketStore } from '../ticket/ticket-store.ts'
import type { ZafHost } from '../zaf/host.ts'

/** How often an open ticket is looked at for other people's changes. */
const POLL_EVERY_MS = 2000

type OpenTicket = { store: TicketStore; leave: () => void }

/** The tickets that have a tab. Each keeps its own store, and so its apps, alive until its tab is closed. */
export function useOpenTickets(session: Session, host: ZafHost) {
  const open = useRef(new Map<number, OpenTicket>())
  const [ids, setIds] = useState<number[]>([])

  const lookAtAll = useCallback(() => {
    for (const { store } of open.current.values()) void store.poll()
  }, [])

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') lookAtAll()
    }, POLL_EVERY_MS)
    return () => clearInterval(timer)
  }, [lookAtAll])

  return {
    lookAtAll,
    stores: ids.map((id) => open.current.get(id)!.store),
    openTicket(id: number): void {
      if (open.current.has(id)) return
      const store = createTicketStore(id, session.me.id, !session.isLight)
      open.current.set(id, { store, leave: host.attendTicket(store) })
      void store.load()
      setIds([...open.current.keys()])
    },
    closeTicket(id: number): void {
      open.current.get(id)?.leave()
      open.current.delete(id)
      setIds([...open.current.keys()])
    },
  }
}
