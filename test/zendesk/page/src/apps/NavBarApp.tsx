import type { ZafHost } from '../zaf/host.ts'
import { AppFrame } from './AppFrame.tsx'
import type { Installation } from './installation.ts'

export type NavBarAppProps = { installation: Installation | undefined; isActive: boolean; host: ZafHost }

/** A full page of an app, loaded when its icon is first chosen and kept alive afterwards. */
export function NavBarApp({ installation, isActive, host }: NavBarAppProps) {
  return (
    <main className="nav-bar-app" hidden={!isActive}>
      {installation?.locations.nav_bar ? (
        <AppFrame host={host} installation={installation} location="nav_bar" isActive={isActive} />
      ) : (
        <p className="page-state">This app is not installed, or has no page in the navigation bar.</p>
      )}
    </main>
  )
}
