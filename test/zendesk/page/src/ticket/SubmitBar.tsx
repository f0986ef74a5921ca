import { Item, Menu } from '@zendeskgarden/react-dropdowns'
import { Icon } from '../theme/Icon.tsx'
import { StatusSquare, statusName } from './StatusBadge.tsx'
import { editedTicket, hasEdits, type TicketSnapshot } from './ticket-snapshot.ts'
import type { TicketStore } from './ticket-store.ts'

const CHOICES = ['open', 'pending', 'hold', 'solved'] as const

/** The foot of a ticket: what stopped the last submit, and the button to submit as a status. */
export function SubmitBar({ store, snapshot }: { store: TicketStore; snapshot: TicketSnapshot }) {
  const { isSaving, saveDisabledBy, refusal } = snapshot
  const status = editedTicket(snapshot)?.status ?? 'open'
  const isClosed = snapshot.ticket?.status === 'closed'
  const isDisabled = isSaving || saveDisabledBy.length > 0 || isClosed

  return (
    <footer className="submit-bar">
      {refusal && (
        <p className="refusal" role="alert">
          <span>{refusal}</span>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => store.dismissRefusal()}>
            <Icon name="close" size={12} />
          </button>
        </p>
      )}
      {saveDisabledBy.length > 0 && <span className="submit-hint">An app keeps this ticket from being submitted.</span>}
      {isClosed && <span className="submit-hint">Closed tickets can't be changed.</span>}
      {hasEdits(snapshot) && !isClosed && (
        <button type="button" className="quiet-button" onClick={() => store.discard()} disabled={isSaving}>
          Discard field changes
        </button>
      )}
      <div className="submit-buttons">
        <button
          type="button"
          className="submit-button"
          disabled={isDisabled}
          onClick={() => void store.submit(status === 'new' ? undefined : status)}
        >
          {isSaving ? 'Submitting…' : 'Submit as '}
          {!isSaving && <strong>{statusName(status)}</strong>}
        </button>
        <Menu
          isCompact
          placement="top-end"
          button={(buttonProps) => (
            <button
              type="button"
              {...buttonProps}
              className="submit-button submit-choose"
              aria-label="Submit as another status"
              disabled={isDisabled}
            >
              <Icon name="chevronDown" size={12} />
            </button>
          )}
          onChange={({ type, value }) => {
            if (value !== undefined && /click|keydown/i.test(type)) void store.submit(value)
          }}
        >
          {CHOICES.map((choice) => (
            <Item key={choice} value={choice} icon={<StatusSquare status={choice} />}>
              Submit as {statusName(choice)}
            </Item>
          ))}
        </Menu>
      </div>
    </footer>
  )
}
