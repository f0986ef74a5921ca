import { useState } from 'react'
import { Icon } from '../theme/Icon.tsx'
import type { Installation } from './installation.ts'

/** The app's small logo, or a puzzle piece when its package has none. */
export function AppLogo({ installation }: { installation: Installation }) {
  const [isMissing, setMissing] = useState(false)
  return (
    <span className="app-logo">
      {isMissing ? (
        <Icon name="puzzle" />
      ) : (
        <img src={`${installation.assets_url}logo-small.png`} alt="" onError={() => setMissing(true)} />
      )}
    </span>
  )
}
