import { useState } from 'react'
import { AppsTray } from '../apps/AppsTray.tsx'
import { CustomerCard } from '../customer/CustomerCard.tsx'
import { Icon } from '../theme/Icon.tsx'
import type { TicketViewProps } from './TicketView.tsx'
import type { TicketSnapshot } from './ticket-snapshot.ts'

/** The right-hand panel: apps or customer. Apps stay alive while the customer is in front. */
export function ContextPanel(props: TicketViewProps & { snapshot: TicketSnapshot }) {
  const { store, host, installations, appsFailure, isActive, isTrayVisible, setTrayVisible, snapshot, session, go } =
    props
  const [showsCustomer, setShowsCustomer] = useState(false)
  const isOpen = isTrayVisible || showsCustomer

  function toggleApps() {
    setTrayVisible(showsCustomer || !isTrayVisible)
    setShowsCustomer(false)
  }

  return (
    <aside className="context" aria-label="Context" data-open={isOpen}>
      <div className="context-panel" hidden={!isOpen}>
        <div hidden={showsCustomer}>
          <AppsTray host={host} store={store} installations={installations} failure={appsFailure} isActive={isActive} />
        </div>
        {showsCustomer && <CustomerCard snapshot={snapshot} session={session} go={go} />}
      </div>
      <div className="context-strip" role="toolbar" aria-label="Panels" aria-orientation="vertical">
        <StripButton
          label="Customer context"
          isPressed={isOpen && showsCustomer}
          onClick={() => setShowsCustomer(!showsCustomer)}
        >
          <Icon name="person" />
        </StripButton>
        <StripButton label="Apps" isPressed={isOpen && !showsCustomer} onClick={toggleApps}>
          <Icon name="grid" />
        </StripButton>
      </div>
    </aside>
  )
}

type StripButtonProps = { label: string; isPressed: boolean; onClick: () => void; children: React.ReactNode }

function StripButton({ label, isPressed, onClick, children }: StripButtonProps) {
  return (
    <button
      type="button"
      className="strip-button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
