import { Icon } from '../theme/Icon.tsx'
import { StatusSquare } from '../ticket/StatusBadge.tsx'
import { editedTicket, isDirty } from '../ticket/ticket-snapshot.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { useTicket } from '../ticket/use-ticket.ts'

export type TicketTabProps = { store: TicketStore; isActive: boolean; onOpen: () => void; onClose: () => void }

/** One open ticket in the strip of tabs, marked when it has changes that are not submitted. */
export function TicketTab({ store, isActive, onOpen, onClose }: TicketTabProps) {
  const snapshot = useTicket(store)
  const ticket = editedTicket(snapshot)
  const subject = ticket?.subject ?? (snapshot.phase === 'loading' ? 'Loading…' : 'Ticket not found')
  return (
    <div className="tab" data-active={isActive}>
      <button
        type="button"
        aria-current={isActive ? 'page' : undefined}
        className="tab-open"
        title={subject}
        onClick={onOpen}
      >
        <StatusSquare status={snapshot.ticket?.status ?? 'closed'} />
        <span className="tab-text">
          <span className="tab-subject">{subject}</span>
          <span className="tab-id">
            #{store.id}
            {isDirty(snapshot) && <span title="Not submitted"> • edited</span>}
          </span>
        </span>
      </button>
      <button type="button" className="icon-button tab-close" aria-label={`Close ticket ${store.id}`} onClick={onClose}>
        <Icon name="close" size={12} />
      </button>
    </div>
  )
}
