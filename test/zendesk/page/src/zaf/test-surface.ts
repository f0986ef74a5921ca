import type { ZafHost } from './host.ts'

declare global {
  interface Window {
    /** What browser tests and a curious developer look at; nothing on the page depends on it. */
    __zaf?: {
      log: ZafHost['log']
      proxyLog: ZafHost['requestLog']
      instances: () => {
        guid: string
        location: string
        ticketId: number | null
        isRegistered: boolean
        isActive: boolean
        sdkVersion: string | null
      }[]
      subscriptions: () => unknown[]
    }
  }
}

/** Puts the host's logs on the window. Answers what takes them back. */
export function exposeTestSurface(host: ZafHost): () => void {
  window.__zaf = {
    log: host.log,
    proxyLog: host.requestLog,
    instances: () =>
      [...host.instances.values()].map(({ guid, location, ticket, isRegistered, isActive, sdkVersion }) => ({
        guid,
        location,
        ticketId: ticket?.id ?? null,
        isRegistered,
        isActive,
        sdkVersion,
      })),
    subscriptions: () => host.subscriptions.list(),
  }
  return () => {
    delete window.__zaf
    host.stop()
  }
}
