import type { ZafHost } from '../zaf/host.ts'
import { AppFrame } from './AppFrame.tsx'
import type { Installation } from './installation.ts'

/** Apps with a `background` location: always running, never seen. */
export function BackgroundApps({ host, installations }: { host: ZafHost; installations: Installation[] }) {
  return (
    <div hidden>
      {installations
        .filter((installation) => installation.locations.background)
        .map((installation) => (
          <AppFrame key={installation.id} host={host} installation={installation} location="background" isActive />
        ))}
    </div>
  )
}
