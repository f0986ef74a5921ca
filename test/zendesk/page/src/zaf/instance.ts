import type { Installation } from '../apps/installation.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'

/** One frame of one app: the same app has an instance per open ticket, and more for its modals. */
export type AppInstance = {
  guid: string
  location: string
  installation: Installation
  /** The only origin this frame may speak from. */
  origin: string
  src: string
  /** Opened by a form POST that carries Zendesk's token, instead of a plain GET. */
  isSigned: boolean
  /** The instance that opened this one with `instances.create`. */
  parent: string | null
  ticket: TicketStore | null
  size: { width?: string; height?: string }
  /** Set once the frame is in the page. */
  window: Window | null
  isRegistered: boolean
  isVisible: boolean
  /** Whether the agent has this instance's tab in front. */
  isActive: boolean
  /** Whether this load of the frame has heard its first `app.activated`. */
  isActivationTold: boolean
  sdkVersion: string | null
}

export type InstanceContext = {
  instanceGuid: string
  product: 'support'
  account: { subdomain: string }
  location: string
  ticketId?: number
}

export function contextOf(instance: AppInstance, subdomain: string): InstanceContext {
  return {
    instanceGuid: instance.guid,
    product: 'support',
    account: { subdomain },
    location: instance.location,
    ...(instance.ticket ? { ticketId: instance.ticket.id } : {}),
  }
}

/** What `client.metadata()` answers. Secure settings never get this far. */
export function metadataOf({ installation }: AppInstance) {
  return {
    appId: installation.app_id,
    installationId: installation.id,
    name: installation.name,
    version: installation.version,
    settings: installation.settings,
  }
}

/** The address of a frame: the app's page, with what its SDK needs to find its host. */
export function frameSource(
  installation: Installation,
  url: string,
  { hostOrigin, guid, colorScheme }: { hostOrigin: string; guid: string; colorScheme: string },
): URL {
  const source = new URL(url.replace(/^\/?assets\//, ''), installation.assets_url)
  source.searchParams.set('origin', hostOrigin)
  source.searchParams.set('app_guid', guid)
  source.searchParams.set('colorScheme', colorScheme)
  return source
}
