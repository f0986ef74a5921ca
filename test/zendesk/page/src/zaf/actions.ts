import { escapeText, safeHtml } from '../conversation/safe-html.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { type AppInstance, contextOf } from './instance.ts'
import { ActionFailure } from './protocol.ts'

/** What an action may do to the page around the app. */
export type ActionSurface = {
  subdomain: string
  notify(notice: { from: string; message: string; kind: string; lifetimeMs: number | null }): void
  routeTo(...where: unknown[]): void
  create(parent: AppInstance, location: string, url: string, size: AppInstance['size']): AppInstance
  destroy(instance: AppInstance): void
  resize(instance: AppInstance, size: AppInstance['size']): void
  setTrayVisible(isVisible: boolean): void
}

type Action = (instance: AppInstance, args: unknown[], surface: ActionSurface) => unknown

/** Zendesk shows a notice this long unless told otherwise. */
const NOTICE_LIFETIME_MS = 5000

const ACTIONS: Record<string, Action> = {
  notify(instance, [message, kind = 'notice', lifetime], surface) {
    const isSticky = typeof lifetime === 'object' && (lifetime as { sticky?: boolean } | null)?.sticky === true
    const lifetimeMs = isSticky ? null : typeof lifetime === 'number' ? lifetime : NOTICE_LIFETIME_MS
    surface.notify({ from: instance.installation.name, message: plain(message), kind: String(kind), lifetimeMs })
  },
  resize(instance, [size], surface) {
    if (typeof size !== 'object' || size === null) throw new ActionFailure('needs {width, height}')
    const { width, height } = size as { width?: unknown; height?: unknown }
    surface.resize(instance, { ...cssSize('width', width), ...cssSize('height', height) })
  },
  routeTo: (_instance, where, surface) => surface.routeTo(...where),
  'instances.create'(instance, [options], surface) {
    const { location, url, size } = (options ?? {}) as { location?: string; url?: string; size?: AppInstance['size'] }
    if (location !== 'modal') throw new ActionFailure(`cannot create the location ${location}`)
    if (!url) throw new ActionFailure('needs a url')
    return [contextOf(surface.create(instance, location, url, size ?? {}), surface.subdomain)]
  },
  destroy: (instance, _args, surface) => surface.destroy(instance),
  enableSave: (instance) => ticketOf(instance).setSaveDisabled(instance.guid, false),
  disableSave: (instance) => ticketOf(instance).setSaveDisabled(instance.guid, true),
  show: (_instance, _args, surface) => surface.setTrayVisible(true),
  hide: (_instance, _args, surface) => surface.setTrayVisible(false),
  'appsTray.show': (_instance, _args, surface) => surface.setTrayVisible(true),
  'appsTray.hide': (_instance, _args, surface) => surface.setTrayVisible(false),
  popover: () => {},
  preloadPane: () => {},
  track: () => {},
  'comment.appendText': (instance, [text]) => ticketOf(instance).appendToDraft(escapeText(String(text))),
  'comment.appendHtml': (instance, [html]) => ticketOf(instance).appendToDraft(safeHtml(String(html))),
  'comment.appendMarkdown': (instance, [text]) => ticketOf(instance).appendToDraft(escapeText(String(text))),
  'ticket.tags.add': (instance, [tags]) => ticketOf(instance).addTags([tags].flat().map(String)),
  'ticket.tags.remove': (instance, [tags]) => ticketOf(instance).removeTags([tags].flat().map(String)),
  'ticket.collaborators.add': (instance, [person]) => follow(instance, person, true),
  'ticket.collaborators.remove': (instance, [person]) => follow(instance, person, false),
}

const FIELD_LOOKS: Record<string, { isHidden?: boolean; isDisabled?: boolean }> = {
  hide: { isHidden: true },
  show: { isHidden: false },
  disable: { isDisabled: true },
  enable: { isDisabled: false },
}

/** Carries out one action of `client.invoke`. Actions without an answer give null, as Zendesk's do. */
export function runAction(name: string, args: unknown[], instance: AppInstance, surface: ActionSurface): unknown {
  const [, field, look] = /^ticketFields:(.+)\.(hide|show|enable|disable)$/.exec(name) ?? []
  if (field && look) {
    ticketOf(instance).setFieldLook(field, FIELD_LOOKS[look]!)
    return null
  }
  const action = ACTIONS[name.replace(/^ticket\.comment\./, 'comment.')]
  if (!action) throw new ActionFailure('No such Api')
  return action(instance, args, surface) ?? null
}

function ticketOf({ ticket }: AppInstance): TicketStore {
  if (!ticket) throw new ActionFailure('is not available in the current context')
  return ticket
}

function follow(instance: AppInstance, person: unknown, isFollowing: boolean): void {
  const ticket = ticketOf(instance)
  const userId = Number(typeof person === 'object' && person !== null ? (person as { id?: unknown }).id : person)
  if (!Number.isInteger(userId)) throw new ActionFailure('needs a user id')
  const { ticket: saved, edits } = ticket.snapshot()
  const others = (edits.follower_ids ?? saved?.follower_ids ?? []).filter((id) => id !== userId)
  ticket.setField('follower_ids', isFollowing ? [...others, userId] : others)
}

function cssSize(side: 'width' | 'height', value: unknown): AppInstance['size'] {
  if (typeof value === 'number') return { [side]: `${value}px` }
  if (typeof value === 'string' && /^\d+(\.\d+)?(px|%|vh|vw|em|rem)?$/.test(value)) {
    return { [side]: /^\d+(\.\d+)?$/.test(value) ? `${value}px` : value }
  }
  return {}
}

/** Whether Zendesk renders HTML in a notice is not known, so apps are shown what they must not rely on: plain text. */
function plain(message: unknown): string {
  return new DOMParser().parseFromString(String(message), 'text/html').body.textContent ?? ''
}
