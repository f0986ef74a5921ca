import { AppLogo } from '../apps/AppLogo.tsx'
import type { Installation } from '../apps/installation.ts'
import { Icon } from '../theme/Icon.tsx'
import type { Route } from './route.ts'

export type NavBarProps = { route: Route; go: (route: Route) => void; installations: Installation[] }

/** The slim bar on the left. Only places this page has are there. */
export function NavBar({ route, go, installations }: NavBarProps) {
  return (
    <nav className="nav-bar" aria-label="Main">
      <span className="nav-logo">
        <Icon name="logo" size={24} />
      </span>
      <button
        type="button"
        className="nav-item"
        aria-label="Views"
        title="Views"
        aria-current={route.page === 'view' ? 'page' : undefined}
        onClick={() => go({ page: 'view', id: 'mine' })}
      >
        <Icon name="views" size={18} />
      </button>
      <button
        type="button"
        className="nav-item"
        aria-label="Help Center"
        title="Help Center"
        aria-current={route.page === 'guide' ? 'page' : undefined}
        onClick={() => go({ page: 'guide', id: null })}
      >
        <Icon name="note" size={18} />
      </button>
      {installations
        .filter((installation) => installation.locations.nav_bar)
        .map((installation) => (
          <button
            key={installation.id}
            type="button"
            className="nav-item"
            aria-label={installation.name}
            title={installation.name}
            aria-current={route.page === 'app' && route.id === installation.id ? 'page' : undefined}
            onClick={() => go({ page: 'app', id: installation.id })}
          >
            <AppLogo installation={installation} />
          </button>
        ))}
    </nav>
  )
}
