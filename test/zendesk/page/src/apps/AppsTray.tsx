import { useState } from 'react'
import { Icon } from '../theme/Icon.tsx'
import type { TicketStore } from '../ticket/ticket-store.ts'
import type { ZafHost } from '../zaf/host.ts'
import { AppFrame } from './AppFrame.tsx'
import { AppLogo } from './AppLogo.tsx'
import type { Installation } from './installation.ts'

export type AppsTrayProps = {
  host: ZafHost
  store: TicketStore
  installations: Installation[]
  failure: string | null
  isActive: boolean
}

/** The ticket's apps, one under the other, each under its name. */
export function AppsTray({ host, store, installations, failure, isActive }: AppsTrayProps) {
  const [reloads, setReloads] = useState(0)
  const apps = installations.filter((installation) => installation.locations.ticket_sidebar)

  return (
    <section className="apps-tray" aria-label="Apps">
      <header className="panel-header">
        <h2>Apps</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Reload all apps"
          onClick={() => setReloads(reloads + 1)}
        >
          <Icon name="reload" />
        </button>
      </header>
      {failure && (
        <p className="panel-note" role="alert">
          The apps could not be listed. {failure}
        </p>
      )}
      {!failure && apps.length === 0 && <p className="panel-note">No app is installed for tickets.</p>}
      {apps.map((installation) => (
        <article key={`${installation.id}-${reloads}`} className="app">
          <header className="app-header">
            <AppLogo installation={installation} />
            <h3>{installation.name}</h3>
          </header>
          <AppFrame
            host={host}
            installation={installation}
            location="ticket_sidebar"
            ticket={store}
            isActive={isActive}
          />
        </article>
      ))}
    </section>
  )
}
