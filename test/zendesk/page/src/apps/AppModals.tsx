import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Icon } from '../theme/Icon.tsx'
import type { ZafHost } from '../zaf/host.ts'
import type { AppInstance } from '../zaf/instance.ts'
import { InstanceFrame } from './AppFrame.tsx'
import { AppLogo } from './AppLogo.tsx'

/** Modals that apps opened with `instances.create`, newest on top. */
export function AppModals({ host }: { host: ZafHost }) {
  const modals = useSyncExternalStore(host.subscribe, host.modals)
  return modals.map((instance) => <AppModal key={instance.guid} host={host} instance={instance} />)
}

function AppModal({ host, instance }: { host: ZafHost; instance: AppInstance }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { width = '600px', height = '400px' } = instance.size

  useEffect(() => dialog.current?.showModal(), [])

  return (
    <dialog
      ref={dialog}
      className="app-modal"
      aria-label={instance.installation.name}
      style={{ width: `min(${width}, 80vw)` }}
      onCancel={(event) => {
        event.preventDefault()
        host.close(instance)
      }}
    >
      <header className="app-header">
        <AppLogo installation={instance.installation} />
        <h2>{instance.installation.name}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={() => host.close(instance)}>
          <Icon name="close" size={12} />
        </button>
      </header>
      <div style={{ height: `min(${height}, 80vh)` }}>
        <InstanceFrame host={host} instance={instance} />
      </div>
    </dialog>
  )
}
