import { useEffect, useMemo, useRef, useState } from 'react'
import { AppModals } from '../apps/AppModals.tsx'
import { BackgroundApps } from '../apps/BackgroundApps.tsx'
import type { Installation } from '../apps/installation.ts'
import { NavBarApp } from '../apps/NavBarApp.tsx'
import { GuidePage } from '../guide/GuidePage.tsx'
import type { Session } from '../session/session.ts'
import { TicketView } from '../ticket/TicketView.tsx'
import { ViewsPage } from '../views/ViewsPage.tsx'
import { createZafHost } from '../zaf/host.ts'
import { exposeTestSurface } from '../zaf/test-surface.ts'
import { NavBar } from './NavBar.tsx'
import { Notices } from './Notices.tsx'
import { useNotices } from './notices.ts'
import { useOpenTickets } from './open-tickets.ts'
import type { Preferences } from './preferences.ts'
import { useRoute } from './route.ts'
import { TopBar } from './TopBar.tsx'

export type WorkspaceProps = {
  session: Session
  installations: Installation[]
  /** Why the apps could not be listed, if so. */
  appsFailure: string | null
  preferences: Preferences
  onPersonChange: () => void
}

/** One person's workspace: tickets stay open, and their apps alive, while others are in front. */
export function Workspace({ session, installations, appsFailure, preferences, onPersonChange }: WorkspaceProps) {
  const [route, go] = useRoute()
  const { notices, add, dismiss } = useNotices()
  const [isTrayVisible, setTrayVisible] = useState(true)
  const [openedApps, setOpenedApps] = useState<number[]>([])

  // Apps ask the host at any time; it must see what is true now, not when it was made.
  const now = useRef({ colorScheme: preferences.colorScheme, isTrayVisible, go, add })
  now.current = { colorScheme: preferences.colorScheme, isTrayVisible, go, add }
  const host = useMemo(
    () =>
      createZafHost({
        directory: session,
        colorScheme: () => now.current.colorScheme,
        isTrayVisible: () => now.current.isTrayVisible,
        surface: {
          notify: (notice) => now.current.add(notice),
          setTrayVisible,
          routeTo(kind, id) {
            if (kind === 'ticket') now.current.go({ page: 'ticket', id: Number(id) })
            else if (kind === 'views') now.current.go({ page: 'view', id: String(id ?? 'mine') })
            else if (kind === 'nav_bar' || kind === 'app') now.current.go({ page: 'app', id: Number(id) })
            else throw new Error(`The local agent page has no ${String(kind)} to go to`)
          },
        },
      }),
    [session],
  )
  const { stores, openTicket, closeTicket, lookAtAll } = useOpenTickets(session, host)

  useEffect(() => exposeTestSurface(host), [host])
  // biome-ignore lint/correctness/useExhaustiveDependencies: apps hear of the scheme when it changes
  useEffect(() => host.announceColorScheme(), [preferences.colorScheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of place opens something
  useEffect(() => {
    if (route.page === 'ticket') openTicket(route.id)
    if (route.page === 'app' && !openedApps.includes(route.id)) setOpenedApps([...openedApps, route.id])
  }, [route])

  function closeTab(id: number) {
    closeTicket(id)
    if (route.page !== 'ticket' || route.id !== id) return
    const next = stores.filter((store) => store.id !== id).at(-1)
    go(next ? { page: 'ticket', id: next.id } : { page: 'view', id: 'mine' })
  }

  return (
    <div className="workspace">
      <NavBar route={route} go={go} installations={installations} />
      <TopBar
        stores={stores}
        route={route}
        go={go}
        closeTab={closeTab}
        session={session}
        preferences={preferences}
        onPersonChange={onPersonChange}
        onTimeMoved={() => {
          lookAtAll()
          host.activateAgain()
        }}
        onFailure={(message) => add({ from: 'Agent workspace', message, kind: 'error', lifetimeMs: 8000 })}
      />
      <div className="workspace-body">
        {route.page === 'view' && <ViewsPage viewId={route.id} session={session} go={go} />}
        {route.page === 'guide' && <GuidePage articleId={route.id} go={go} />}
        {stores.map((store) => (
          <TicketView
            key={store.id}
            store={store}
            isActive={route.page === 'ticket' && route.id === store.id}
            session={session}
            host={host}
            installations={installations}
            appsFailure={appsFailure}
            appWidth={preferences.appWidth}
            isTrayVisible={isTrayVisible}
            setTrayVisible={setTrayVisible}
            go={go}
          />
        ))}
        {openedApps.map((id) => (
          <NavBarApp
            key={id}
            installation={installations.find((one) => one.id === id)}
            isActive={route.page === 'app' && route.id === id}
            host={host}
          />
        ))}
      </div>
      <BackgroundApps host={host} installations={installations} />
      <AppModals host={host} />
      <Notices notices={notices} onDismiss={dismiss} />
    </div>
  )
}
