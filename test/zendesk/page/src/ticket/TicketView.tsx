import { Button } from '@zendeskgarden/react-buttons'
import { Spinner } from '@zendeskgarden/react-loaders'
import { useState } from 'react'
import type { Installation } from '../apps/installation.ts'
import { Composer } from '../conversation/Composer.tsx'
import { Conversation } from '../conversation/Conversation.tsx'
import { TicketFields } from '../fields/TicketFields.tsx'
import type { Session } from '../session/session.ts'
import type { Route } from '../workspace/route.ts'
import type { ZafHost } from '../zaf/host.ts'
import { ContextPanel } from './ContextPanel.tsx'
import { SubmitBar } from './SubmitBar.tsx'
import { TicketHeader } from './TicketHeader.tsx'
import type { TicketStore } from './ticket-store.ts'
import { useTicket } from './use-ticket.ts'

export type TicketViewProps = {
  store: TicketStore
  isActive: boolean
  session: Session
  host: ZafHost
  installations: Installation[]
  appsFailure: string | null
  appWidth: number
  isTrayVisible: boolean
  setTrayVisible: (isVisible: boolean) => void
  go: (route: Route) => void
}

/** A ticket: fields on the left, the conversation in the middle, apps and customer on the right. */
export function TicketView(props: TicketViewProps) {
  const { store, isActive, session, go } = props
  const snapshot = useTicket(store)
  const [showsEvents, setShowsEvents] = useState(false)

  if (snapshot.phase !== 'ready' || !snapshot.ticket) return <TicketState {...props} />
  return (
    <main className="ticket" hidden={!isActive} aria-label={`Ticket ${store.id}`}>
      <TicketHeader snapshot={snapshot} />
      <div className="ticket-columns" style={{ '--app-width': `${props.appWidth}px` } as React.CSSProperties}>
        <TicketFields store={store} snapshot={snapshot} session={session} />
        <div className="ticket-middle">
          <Conversation
            store={store}
            snapshot={snapshot}
            session={session}
            showsEvents={showsEvents}
            setShowsEvents={setShowsEvents}
          />
          <Composer store={store} snapshot={snapshot} session={session} />
        </div>
        <ContextPanel {...props} snapshot={snapshot} go={go} />
      </div>
      <SubmitBar store={store} snapshot={snapshot} />
    </main>
  )
}

function TicketState({ store, isActive }: TicketViewProps) {
  const { phase, failure } = useTicket(store)
  return (
    <main className="page-state" hidden={!isActive} aria-busy={phase === 'loading'}>
      {phase === 'loading' && <Spinner size="40" aria-label="Loading the ticket" />}
      {phase === 'missing' && (
        <>
          <h1>Ticket #{store.id} is not here</h1>
          <p role="alert">It does not exist, was deleted, or you may not see it.</p>
        </>
      )}
      {phase === 'failed' && (
        <>
          <h1>Ticket #{store.id} could not be read</h1>
          <p role="alert">{failure}</p>
          <Button onClick={() => void store.load()}>Try again</Button>
        </>
      )}
    </main>
  )
}
