import { type MouseEvent, type ReactNode, useContext } from 'react'
import { TextLink } from '../report/Textual.tsx'
import { PlaceContext } from './place.ts'

/** Opens a ticket in Zendesk, in a tab of its own there. */
export function TicketLink({ id, children, label }: { id: number; children?: ReactNode; label?: string }) {
  const { zaf, zendeskUrl } = useContext(PlaceContext)

  function open(event: MouseEvent) {
    if (!zaf || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void zaf
      .invoke('routeTo', 'ticket', id)
      .catch(() => window.open(`${zendeskUrl}/agent/tickets/${id}`, '_blank', 'noopener'))
  }

  return (
    <TextLink
      href={`${zendeskUrl}/agent/tickets/${id}`}
      target="_blank"
      rel="noopener"
      aria-label={label}
      onClick={open}
    >
      {children ?? `#${id}`}
    </TextLink>
  )
}
