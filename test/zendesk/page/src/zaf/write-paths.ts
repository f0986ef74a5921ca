import { escapeText } from '../conversation/safe-html.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import type { Directory } from './directory.ts'
import { ActionFailure } from './protocol.ts'

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const PRIORITIES = ['low', 'normal', 'high', 'urgent', '-', null]
const TYPES = ['question', 'incident', 'problem', 'task', 'ticket', null]

type Writer = (store: TicketStore, value: unknown, directory: Directory) => void

const WRITERS: Record<string, Writer> = {
  'ticket.subject': (store, value) => store.setField('subject', text(value)),
  'ticket.status': (store, value) => store.setField('status', oneOf(STATUSES, value) as string),
  'ticket.priority': (store, value) => store.setField('priority', blank(oneOf(PRIORITIES, value))),
  'ticket.type': (store, value) => store.setField('type', blank(oneOf(TYPES, value))),
  'ticket.externalId': (store, value) => store.setField('external_id', value === null ? null : text(value)),
  'ticket.tags': (store, value) => setTags(store, list(value)),
  'ticket.assignee': (store, value, directory) => setAssignee(store, record(value), directory),
  'ticket.requester': (store, value, directory) => setRequester(store, record(value), directory),
  'comment.text': (store, value) => store.setDraft({ html: escapeText(text(value)) }),
  'comment.type': (store, value) =>
    store.setDraft({ isPublic: oneOf(['publicReply', 'internalNote'], value) === 'publicReply' }),
}

/** Carries out one path of `client.set`. @throws {ActionFailure} when the path is unknown or the value unfit */
export function writePath(path: string, value: unknown, store: TicketStore | null, directory: Directory): void {
  if (!store) throw new ActionFailure('is not available in the current context')
  const [, customId] = /^ticket\.customField:(?:custom_field_)?(\d+)$/.exec(path) ?? []
  if (customId) {
    const isKnown = store.snapshot().ticket?.custom_fields.some((field) => field.id === Number(customId))
    if (!isKnown) throw new ActionFailure('is not a field of this ticket')
    store.setCustomField(Number(customId), value)
    return
  }
  const writer = WRITERS[path.replace(/^ticket\.comment\./, 'comment.')]
  if (!writer) throw new ActionFailure('No such Api')
  writer(store, value, directory)
}

function setTags(store: TicketStore, tags: string[]): void {
  const now = store.snapshot()
  const current = [...(now.ticket?.tags ?? []), ...now.edits.tagsAdded]
  store.removeTags(current.filter((tag) => !tags.includes(tag)))
  store.addTags(tags)
}

function setAssignee(store: TicketStore, value: Record<string, unknown>, { memberships }: Directory): void {
  const userId = number(value.userId)
  const groupId = number(value.groupId)
  if (userId !== null && groupId !== null) {
    const isMember = memberships.some((one) => one.user_id === userId && one.group_id === groupId)
    if (!isMember) throw new ActionFailure('The agent is not in this group')
  }
  if (groupId !== null) store.setField('group_id', groupId)
  store.setField('assignee_id', userId)
}

function setRequester(store: TicketStore, value: Record<string, unknown>, { agents }: Directory): void {
  const people = [...Object.values(store.snapshot().people), ...agents]
  const found = people.find((person) => person.email === value.email)
  if (!found) throw new ActionFailure('No user has this e-mail address')
  store.setField('requester_id', found.id)
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new ActionFailure('must be a string')
  return value
}

function list(value: unknown): string[] {
  if (!Array.isArray(value)) throw new ActionFailure('must be an array of strings')
  return value.map(String)
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new ActionFailure('must be an object')
  return value as Record<string, unknown>
}

function number(value: unknown): number | null {
  return value === undefined || value === null || value === '' ? null : Number(value)
}

function oneOf(allowed: (string | null)[], value: unknown): string | null {
  if (!allowed.includes(value as string | null)) throw new ActionFailure(`must be one of ${allowed.join(', ')}`)
  return value as string | null
}

/** Apps write `-` for no priority and `ticket` for no type. */
function blank(value: string | null): string | null {
  return value === '-' || value === 'ticket' ? null : value
}
