import type { Installation } from '../apps/installation.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import type { ActionSurface } from './actions.ts'
import { attendTicket } from './attend-ticket.ts'
import { resultOf } from './call-result.ts'
import type { Directory } from './directory.ts'
import { type AppInstance, contextOf, frameSource, metadataOf } from './instance.ts'
import { ActionFailure, type AppCall, type AppEvent, decode, isCall, pathError, type ToApp } from './protocol.ts'
import { type RequestLogEntry, type RequestOptions, runRequest } from './requests.ts'
import { createSaveHook } from './save-hook.ts'
import { createSubscriptions } from './subscriptions.ts'

export type LogEntry = { dir: 'app>host' | 'host>app'; encoding: 'string' | 'object'; guid: string; data: unknown }

export type HostOptions = {
  directory: Directory
  colorScheme: () => 'light' | 'dark'
  isTrayVisible: () => boolean
  surface: Pick<ActionSurface, 'notify' | 'routeTo' | 'setTrayVisible'>
}

export type ZafHost = ReturnType<typeof createZafHost>

const LOG_LENGTH = 2000

/**
 * The host side of the Zendesk Apps framework: frames register with it, and it answers their `get`, `set`, `invoke`
 * and `request`, tells them what changed, and asks them before a ticket is saved.
 *
 * A message counts only when it comes from the window of a frame we put there and from that frame's own origin.
 */
export function createZafHost({ directory, colorScheme, isTrayVisible, surface }: HostOptions) {
  const instances = new Map<string, AppInstance>()
  const subscriptions = createSubscriptions()
  const saveHook = createSaveHook(post)
  const listeners = new Set<() => void>()
  const log: LogEntry[] = []
  const requestLog: RequestLogEntry[] = []
  let modals: AppInstance[] = []
  const { subdomain } = directory.account

  const actionSurface: ActionSurface = {
    ...surface,
    subdomain,
    create: (parent, location, url, size) =>
      open(parent.installation, location, { url, size, parent: parent.guid, ticket: parent.ticket }),
    destroy: close,
    resize(instance, size) {
      instance.size = { ...instance.size, ...size }
      changed()
    },
  }

  window.addEventListener('message', receive)
  return {
    open,
    close,
    attach,
    emit,
    attendTicket: (store: TicketStore) =>
      attendTicket(store, { instances, subscriptions, saveHook, directory, emit, close }),
    activate,
    activateAgain,
    announceColorScheme: () => emitToAll('colorScheme.changed', colorScheme()),
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    modals: () => modals,
    stop: () => window.removeEventListener('message', receive),
    log,
    requestLog,
    instances,
    subscriptions,
  }

  /** Makes an instance; its frame is to load `src` and to be handed over with `attach`. */
  function open(
    installation: Installation,
    location: string,
    from: { url: string; ticket?: TicketStore | null; parent?: string; size?: AppInstance['size'] },
  ): AppInstance {
    const guid = crypto.randomUUID()
    const source = frameSource(installation, from.url, {
      hostOrigin: window.location.origin,
      guid,
      colorScheme: colorScheme(),
    })
    const instance: AppInstance = {
      guid,
      location,
      installation,
      origin: source.origin,
      src: source.href,
      isSigned: installation.locations[location]?.signed ?? false,
      parent: from.parent ?? null,
      ticket: from.ticket ?? null,
      size: from.size ?? {},
      window: null,
      isRegistered: false,
      isVisible: true,
      isActive: false,
      isActivationTold: false,
      sdkVersion: null,
    }
    instances.set(guid, instance)
    changed()
    return instance
  }

  function attach(instance: AppInstance, frame: HTMLIFrameElement | null): void {
    if (frame) instance.window = frame.contentWindow
  }

  /** Ends an instance and its modals. Whoever holds a client for it hears `modal.close`. */
  function close(instance: AppInstance): void {
    if (!instances.has(instance.guid)) return
    for (const child of [...instances.values()]) if (child.parent === instance.guid) close(child)
    emit(instance, 'app.willDestroy')
    instances.delete(instance.guid)
    if (instance.location === 'modal') emitAbout(instance.guid, 'modal.close', undefined)
    subscriptions.forgetWindow(instance.guid)
    instance.ticket?.setSaveDisabled(instance.guid, false)
    changed()
  }

  function changed(): void {
    modals = [...instances.values()].filter((instance) => instance.location === 'modal')
    for (const listener of listeners) listener()
  }

  function receive(event: MessageEvent): void {
    const instance = [...instances.values()].find((one) => one.window !== null && one.window === event.source)
    if (!instance || event.origin !== instance.origin) return
    const message = decode(event.data)
    if (!message) return
    note({
      dir: 'app>host',
      encoding: typeof event.data === 'string' ? 'string' : 'object',
      guid: instance.guid,
      data: message,
    })
    if (isCall(message)) void answerCall(instance, message)
    else void handleEvent(instance, message)
  }

  async function answerCall(sender: AppInstance, message: AppCall): Promise<void> {
    const about = message.instanceGuid ? instances.get(message.instanceGuid) : sender
    await nextTick()
    if (!about) {
      const error = pathError('instance', new ActionFailure(`${message.instanceGuid} no longer exists`))
      return post(sender, { id: message.id, error })
    }
    const result = resultOf(about, message, {
      instances,
      directory,
      colorScheme,
      isTrayVisible,
      surface: actionSurface,
    })
    post(sender, { id: message.id, result, ...(about === sender ? {} : { instanceGuid: about.guid }) })
  }

  async function handleEvent(sender: AppInstance, message: AppEvent): Promise<void> {
    const { key } = message
    const [, kind, name] = /^iframe\.(on|off|trigger|reply):(.+)$/.exec(key) ?? []
    const about = message.instanceGuid ?? sender.guid
    if (key === 'iframe.handshake') return register(sender, message)
    if (kind === 'on' || kind === 'off') {
      const { subscriberCount = 0 } = (message.message ?? {}) as { subscriberCount?: number }
      subscriptions.set({ window: sender.guid, about, event: name! }, subscriberCount)
      if (name === 'app.activated') announceFirstActivation(sender)
      return
    }
    if (kind === 'trigger') return emitAbout(about, name!, message.message)
    if (kind === 'reply') return saveHook.answer(sender, message)
    if (/^request:\d+$/.test(key)) return request(sender, key, message.message as RequestOptions | string)
  }

  async function register(instance: AppInstance, message: AppEvent): Promise<void> {
    await nextTick()
    instance.isRegistered = true
    instance.sdkVersion = (message.message as { version?: string } | undefined)?.version ?? null
    // A frame that navigates or reloads begins anew, with none of its old listeners.
    subscriptions.forgetWindow(instance.guid)
    post(instance, {
      key: 'zaf.app.registered',
      message: { metadata: metadataOf(instance), context: context(instance) },
    })
    instance.isActivationTold = false
    changed()
  }

  /** The first `app.activated` of a frame waits until the app listens. */
  function announceFirstActivation(instance: AppInstance): void {
    if (!instance.isActive || instance.isActivationTold) return
    instance.isActivationTold = true
    emit(instance, 'app.activated', { firstLoad: true })
  }

  async function request(sender: AppInstance, key: string, given: RequestOptions | string): Promise<void> {
    const options = typeof given === 'string' ? { url: given } : given
    const { isOk, responseArgs } = await runRequest(sender, options, (entry) => {
      requestLog.push(entry)
    })
    post(sender, { key: `zaf.${key}.${isOk ? 'done' : 'fail'}`, message: { responseArgs } })
    if (sender.ticket && (options.type ?? options.method ?? 'GET').toUpperCase() !== 'GET') void sender.ticket.poll()
  }

  /** Says whether the tab of an instance is in front. */
  function activate(instance: AppInstance, isActive: boolean): void {
    if (instance.isActive === isActive) return
    instance.isActive = isActive
    if (!instance.isRegistered) return
    if (isActive && !instance.isActivationTold) announceFirstActivation(instance)
    else emit(instance, isActive ? 'app.activated' : 'app.deactivated', isActive ? { firstLoad: false } : undefined)
  }

  /** Tells the apps in front what they hear when an agent comes back after a while. */
  function activateAgain(): void {
    for (const instance of instances.values()) {
      if (instance.isActive && instance.isActivationTold) emit(instance, 'app.activated', { firstLoad: false })
    }
  }

  function emitToAll(event: string, message: unknown): void {
    for (const instance of instances.values()) emit(instance, event, message)
  }

  function emit(instance: AppInstance, event: string, message?: unknown): void {
    emitAbout(instance.guid, event, message)
  }

  function emitAbout(about: string, event: string, message: unknown): void {
    for (const guid of subscriptions.windowsFor(about, event)) {
      const listener = instances.get(guid)
      if (listener) post(listener, { key: `zaf.${event}`, message, ...(guid === about ? {} : { instanceGuid: about }) })
    }
  }

  function post(instance: AppInstance, data: ToApp): void {
    if (!instance.window) return
    note({ dir: 'host>app', encoding: 'string', guid: instance.guid, data })
    instance.window.postMessage(JSON.stringify(data), instance.origin)
  }

  function note(entry: LogEntry): void {
    log.push(structuredClone(entry))
    if (log.length > LOG_LENGTH) log.shift()
  }

  function context(instance: AppInstance) {
    return contextOf(instance, subdomain)
  }
}

/** Zendesk never answers within the call; an app that relies on that must fail here too. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
