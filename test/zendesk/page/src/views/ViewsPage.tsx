import { Button } from '@zendeskgarden/react-buttons'
import { Skeleton } from '@zendeskgarden/react-loaders'
import { useEffect, useState } from 'react'
import type { Session } from '../session/session.ts'
import { Icon } from '../theme/Icon.tsx'
import type { Route } from '../workspace/route.ts'
import { readView, type ViewRows } from './read-view.ts'
import { TicketTable } from './TicketTable.tsx'
import { type View, viewsOf } from './views.ts'

export type ViewsPageProps = { viewId: string; session: Session; go: (route: Route) => void }

/** The lists on the left, the chosen one's tickets on the right. */
export function ViewsPage({ viewId, session, go }: ViewsPageProps) {
  const views = viewsOf(session)
  const view = views.find((one) => one.id === viewId) ?? views[0]!
  return (
    <main className="views-page">
      <nav className="views-list" aria-label="Views">
        <h1>Views</h1>
        {[views.filter((one) => !one.isGroup), views.filter((one) => one.isGroup)].map((part, index) => (
          <div key={index === 0 ? 'standard' : 'groups'}>
            {index === 1 && <h2>By group</h2>}
            <ul>
              {part.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    aria-current={one.id === view.id ? 'page' : undefined}
                    onClick={() => go({ page: 'view', id: one.id })}
                  >
                    {one.title}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <ViewTickets key={view.id} view={view} session={session} go={go} />
    </main>
  )
}

type Reading = { phase: 'loading' } | { phase: 'failed'; reason: string } | { phase: 'ready'; rows: ViewRows }

function ViewTickets({ view, session, go }: { view: View; session: Session; go: (route: Route) => void }) {
  const [reading, setReading] = useState<Reading>({ phase: 'loading' })
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads again; the query tells views apart
  useEffect(() => {
    let isCurrent = true
    readView(view).then(
      (rows) => isCurrent && setReading({ phase: 'ready', rows }),
      (error: Error) => isCurrent && setReading({ phase: 'failed', reason: error.message }),
    )
    return () => {
      isCurrent = false
    }
  }, [view.query, attempt])

  return (
    <section className="view" aria-label={view.title}>
      <header className="view-header">
        <div>
          <h2>{view.title}</h2>
          <p>{reading.phase === 'ready' ? countText(reading.rows) : ' '}</p>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Refresh"
          title="Refresh"
          onClick={() => setAttempt(attempt + 1)}
        >
          <Icon name="reload" />
        </button>
      </header>
      {reading.phase === 'loading' && (
        <div aria-busy="true" className="view-loading">
          {[...'123456'].map((key) => (
            <Skeleton key={key} height="20px" />
          ))}
        </div>
      )}
      {reading.phase === 'failed' && (
        <div className="view-state" role="alert">
          <p>The tickets could not be read. {reading.reason}</p>
          <Button size="small" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </Button>
        </div>
      )}
      {reading.phase === 'ready' && reading.rows.tickets.length === 0 && (
        <div className="view-state">
          <Icon name="inbox" size={32} />
          <p>No tickets in this view</p>
        </div>
      )}
      {reading.phase === 'ready' && reading.rows.tickets.length > 0 && (
        <TicketTable rows={reading.rows} session={session} go={go} />
      )}
    </section>
  )
}

function countText({ count, tickets }: ViewRows): string {
  const all = `${count} ${count === 1 ? 'ticket' : 'tickets'}`
  return tickets.length < count ? `${all}, the newest ${tickets.length} shown` : all
}
