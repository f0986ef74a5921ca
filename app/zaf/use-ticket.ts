import { useCallback, useEffect, useState } from 'react'
import { asRecord, type Zaf } from './client.ts'
import { readTicket, type TicketPicture } from './ticket.ts'

export type TicketQuery = { ticket: TicketPicture | null; hasFailed: boolean; refresh(): Promise<void> }

/** The ticket as Zendesk has it; read again when the agent comes back to it or somebody saved it. */
export function useTicket(zaf: Zaf, ticketId: number): TicketQuery {
  const [ticket, setTicket] = useState<TicketPicture | null>(null)
  const [hasFailed, setHasFailed] = useState(false)

  const refresh = useCallback(async () => {
    try {
      setTicket(await readTicket(zaf, ticketId))
      setHasFailed(false)
    } catch {
      setHasFailed(true)
    }
  }, [zaf, ticketId])

  useEffect(() => {
    refresh()
  }, [refresh])
  useZafEvents(zaf, TICKET_EVENTS, refresh)

  return { ticket, hasFailed, refresh }
}

/** The agent came back to the ticket's tab, or the ticket was saved here or elsewhere. */
export const TICKET_EVENTS = ['app.activated', 'ticket.updated', 'ticket.submit.done'] as const

export function useZafEvents(zaf: Zaf, events: readonly string[], handle: () => void): void {
  useEffect(() => {
    const ends = events.map((event) =>
      zaf.on(event, (message) => {
        // The first activation comes with the start, which has asked for everything already.
        if (asRecord(message).firstLoad !== true) handle()
      }),
    )
    return () => {
      for (const end of ends) end()
    }
  }, [zaf, events, handle])
}
