import type { ApiAudit, ApiComment, ApiOrganization, ApiTicket, ApiUser } from '../api/shapes.ts'

/** What the agent (or an app) changed and has not submitted. Tags are kept as differences, so nobody else's get lost. */
export type Edits = {
  subject?: string
  status?: string
  priority?: string | null
  type?: string | null
  group_id?: number | null
  assignee_id?: number | null
  requester_id?: number
  external_id?: string | null
  follower_ids?: number[]
  tagsAdded: string[]
  tagsRemoved: string[]
  custom_fields: Record<string, unknown>
}

export type EditableField = Exclude<keyof Edits, 'tagsAdded' | 'tagsRemoved' | 'custom_fields'>

export type UploadedFile = { token: string; name: string; size: number; contentType: string }

/** The composer. `revision` counts changes from outside the editor, which then has to show `html` anew. */
export type Draft = { isPublic: boolean; html: string; files: UploadedFile[]; revision: number }

/** How an app changed a field's appearance with `ticketFields:<name>.hide` and the like. */
export type FieldLook = { isHidden: boolean; isDisabled: boolean }

export type TicketSnapshot = {
  id: number
  phase: 'loading' | 'ready' | 'missing' | 'failed'
  /** Why loading failed, in words. */
  failure: string | null
  ticket: ApiTicket | null
  people: Record<number, ApiUser>
  organization: ApiOrganization | null
  comments: ApiComment[]
  audits: ApiAudit[]
  edits: Edits
  draft: Draft
  isSaving: boolean
  /** What stopped the last submit: an app's words or Zendesk's. */
  refusal: string | null
  /** Guids of app instances that called `disableSave`. */
  saveDisabledBy: string[]
  fieldLooks: Record<string, FieldLook>
}

export const NO_EDITS: Edits = { tagsAdded: [], tagsRemoved: [], custom_fields: {} }

export function blankSnapshot(id: number, canReplyPublicly: boolean): TicketSnapshot {
  return {
    id,
    phase: 'loading',
    failure: null,
    ticket: null,
    people: {},
    organization: null,
    comments: [],
    audits: [],
    edits: NO_EDITS,
    draft: { isPublic: canReplyPublicly, html: '', files: [], revision: 0 },
    isSaving: false,
    refusal: null,
    saveDisabledBy: [],
    fieldLooks: {},
  }
}

/** The ticket as the page shows it: the saved one with the edits on top. */
export function editedTicket({ ticket, edits }: TicketSnapshot): ApiTicket | null {
  if (!ticket) return null
  const { tagsAdded, tagsRemoved, custom_fields, ...plain } = edits
  return {
    ...ticket,
    ...plain,
    tags: withTagEdits(ticket.tags, edits),
    custom_fields: ticket.custom_fields.map((field) =>
      field.id in custom_fields ? { id: field.id, value: custom_fields[field.id] } : field,
    ),
  }
}

export function withTagEdits(tags: string[], { tagsAdded, tagsRemoved }: Edits): string[] {
  return [...new Set([...tags.filter((tag) => !tagsRemoved.includes(tag)), ...tagsAdded])]
}

/** Whether fields were changed; the comment does not count. */
export function hasEdits({ edits }: TicketSnapshot): boolean {
  const { tagsAdded, tagsRemoved, custom_fields, ...plain } = edits
  return tagsAdded.length + tagsRemoved.length + Object.keys(custom_fields).length + Object.keys(plain).length > 0
}

/** Whether there is anything to submit. */
export function isDirty(snapshot: TicketSnapshot): boolean {
  const { draft } = snapshot
  return hasEdits(snapshot) || plainText(draft.html).trim() !== '' || draft.files.length > 0
}

/** The words of a piece of HTML, a line per block. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(
    html.replace(/<br\s*\/?>/gi, '\n').replace(/<\/(p|div|li|h\d|tr|pre|blockquote)>/gi, '\n</$1>'),
    'text/html',
  ).body
  return (body.textContent ?? '').replace(/\n+$/, '')
}
