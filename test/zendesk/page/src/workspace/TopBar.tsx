import type { Session } from '../session/session.ts'
import { Icon } from '../theme/Icon.tsx'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { ActingAs } from './ActingAs.tsx'
import { APP_WIDTHS, type Preferences } from './preferences.ts'
import type { Route } from './route.ts'
import { TicketTab } from './TicketTab.tsx'
import { ZendeskClock } from './ZendeskClock.tsx'

export type TopBarProps = {
  stores: TicketStore[]
  route: Route
  go: (route: Route) => void
  closeTab: (id: number) => void
  session: Session
  preferences: Preferences
  onPersonChange: () => void
  onTimeMoved: () => void
  onFailure: (message: string) => void
}

/** Tabs of the open tickets, and what is special to the local Zendesk: its clock, the looks, who acts. */
export function TopBar(props: TopBarProps) {
  const { stores, route, go, closeTab, session, preferences, onPersonChange, onTimeMoved, onFailure } = props
  const isDark = preferences.colorScheme === 'dark'
  return (
    <header className="top-bar">
      <nav className="tabs" aria-label="Open tickets">
        {stores.map((store) => (
          <TicketTab
            key={store.id}
            store={store}
            isActive={route.page === 'ticket' && route.id === store.id}
            onOpen={() => go({ page: 'ticket', id: store.id })}
            onClose={() => closeTab(store.id)}
          />
        ))}
      </nav>
      <div className="top-tools">
        <ZendeskClock onMoved={onTimeMoved} onFailure={onFailure} />
        <label className="app-width" title="Width of the app panel">
          <Icon name="width" />
          <span className="visually-hidden">Width of the app panel</span>
          <select
            value={preferences.appWidth}
            onChange={(event) => preferences.setAppWidth(Number(event.target.value))}
          >
            {APP_WIDTHS.map((width) => (
              <option key={width} value={width}>
                {width} px
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="icon-button"
          aria-label={isDark ? 'Use the light colour scheme' : 'Use the dark colour scheme'}
          title={isDark ? 'Light colours' : 'Dark colours'}
          onClick={() => preferences.setColorScheme(isDark ? 'light' : 'dark')}
        >
          <Icon name={isDark ? 'sun' : 'moon'} />
        </button>
        <ActingAs session={session} onPersonChange={onPersonChange} onFailure={onFailure} />
      </div>
    </header>
  )
}
