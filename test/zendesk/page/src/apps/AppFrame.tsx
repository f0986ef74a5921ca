import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { TicketStore } from '../ticket/ticket-store.ts'
import type { ZafHost } from '../zaf/host.ts'
import type { AppInstance } from '../zaf/instance.ts'
import type { Installation } from './installation.ts'
import { openSigned } from './open-signed.ts'

const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'

export type AppFrameProps = {
  host: ZafHost
  installation: Installation
  location: string
  ticket?: TicketStore
  isActive: boolean
}

/** An app in its frame, for one location. The frame is made once and lives as long as this component. */
export function AppFrame({ host, installation, location, ticket, isActive }: AppFrameProps) {
  const [instance, setInstance] = useState<AppInstance | null>(null)
  const url = installation.locations[location]?.url ?? ''

  useEffect(() => {
    const size = (installation.locations[location]?.size ?? {}) as AppInstance['size']
    const opened = host.open(installation, location, { url, size, ticket: ticket ?? null })
    setInstance(opened)
    return () => host.close(opened)
  }, [host, installation, location, ticket, url])

  useEffect(() => {
    if (instance) host.activate(instance, isActive)
  }, [host, instance, isActive])

  return instance && <InstanceFrame host={host} instance={instance} />
}

/** The frame of an instance that exists already, such as a modal's. */
export function InstanceFrame({ host, instance }: { host: ZafHost; instance: AppInstance }) {
  const frame: RefObject<HTMLIFrameElement | null> = useRef(null)
  const [isLoaded, setLoaded] = useState(false)
  const height = useSyncExternalStore(host.subscribe, () => instance.size.height)

  useEffect(() => {
    host.attach(instance, frame.current)
    if (instance.isSigned) return openSigned(instance)
  }, [host, instance])

  return (
    <iframe
      ref={frame}
      className="app-frame"
      title={`${instance.installation.name} (${instance.location.replaceAll('_', ' ')})`}
      name={instance.guid}
      src={instance.isSigned ? 'about:blank' : instance.src}
      sandbox={SANDBOX}
      data-location={instance.location}
      data-guid={instance.guid}
      data-loaded={isLoaded}
      style={instance.location === 'ticket_sidebar' ? { height: height ?? '80px' } : undefined}
      onLoad={() => setLoaded(true)}
    />
  )
}
