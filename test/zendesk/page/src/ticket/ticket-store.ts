import { ApiFailure, call } from '../api/http.ts'
import { peekTicket, readTicket } from './read-ticket.ts'
import {
  blankSnapshot,
  type Draft,
  type EditableField,
  type Edits,
  type FieldLook,
  NO_EDITS,
  plainText,
  type TicketSnapshot,
  withTagEdits,
} from './ticket-snapshot.ts'

/** What apps may do around a submit. */
export type SubmitHooks = {
  /** Asks every app; answers null to go on, or the words to show. */
  ask(): Promise<string | null>
  announce(event: 'start' | 'done' | 'fail' | 'always'): void
}

export type TicketStore = ReturnType<typeof createTicketStore>

/**
 * One open ticket: what Zendesk has, what the agent changed, and the comment being written. The page and the apps
 * read and change the same store; whoever listens hears every change.
 */
export function createTicketStore(id: number, myId: number, canReplyPublicly: boolean) {
  let snapshot = blankSnapshot(id, canReplyPublicly)
  const listeners = new Set<() => void>()
  const updateListeners = new Set<(byUserId: number) => void>()
  let hooks: SubmitHooks = { ask: async () => null, announce: () => {} }

  return {
    id,
    snapshot: () => snapshot,
    subscribe,
    onUpdatedByOther,
    setHooks: (next: SubmitHooks) => {
      hooks = next
    },
    load,
    poll,
    setField,
    setCustomField,
    addTags,
    removeTags,
    setDraft,
    appendToDraft,
    setFieldLook,
    setSaveDisabled,
    discard: () => change({ edits: NO_EDITS, refusal: null }),
    dismissRefusal: () => change({ refusal: null }),
    submit,
  }

  function change(part: Partial<TicketSnapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  function onUpdatedByOther(listener: (byUserId: number) => void): () => void {
    updateListeners.add(listener)
    return () => updateListeners.delete(listener)
  }

  async function load(): Promise<void> {
    try {
      change({ ...(await readTicket(id)), phase: 'ready', failure: null })
    } catch (error) {
      if (snapshot.phase === 'ready') return
      const isMissing = error instanceof ApiFailure && (error.status === 404 || error.status === 403)
      change({
        phase: isMissing ? 'missing' : 'failed',
        failure: error instanceof Error ? error.message : String(error),
      })
    }
  }

  /** Looks whether the ticket changed behind our back, and reads it again if so. */
  async function poll(): Promise<void> {
    if (snapshot.phase !== 'ready' || snapshot.isSaving) return
    const seen = snapshot
    const fresh = await peekTicket(id).catch(() => null)
    if (!fresh || snapshot.isSaving || !seen.ticket || sameTicket(fresh, seen.ticket)) return
    const knownAudits = new Set(snapshot.audits.map((audit) => audit.id))
    await load()
    const newest = snapshot.audits.filter((audit) => !knownAudits.has(audit.id)).at(-1)
    if (newest && newest.author_id !== myId) for (const listener of updateListeners) listener(newest.author_id)
  }

  function setField(field: EditableField, value: Edits[EditableField]): void {
    const edits = { ...snapshot.edits, [field]: value }
    if (snapshot.ticket && snapshot.ticket[field as keyof typeof snapshot.ticket] === value) delete edits[field]
    change({ edits })
  }

  function setCustomField(fieldId: number, value: unknown): void {
    const custom_fields: Record<string, unknown> = { ...snapshot.edits.custom_fields, [fieldId]: value }
    const saved = snapshot.ticket?.custom_fields.find((field) => field.id === fieldId)?.value ?? null
    if (saved === value) delete custom_fields[fieldId]
    change({ edits: { ...snapshot.edits, custom_fields } })
  }

  function addTags(tags: string[]): void {
    const { edits, ticket } = snapshot
    const wanted = tags.map(asTag).filter((tag) => tag !== '')
    change({
      edits: {
        ...edits,
        tagsAdded: [...new Set([...edits.tagsAdded, ...wanted])].filter((tag) => !ticket?.tags.includes(tag)),
        tagsRemoved: edits.tagsRemoved.filter((tag) => !wanted.includes(tag)),
      },
    })
  }

  function removeTags(tags: string[]): void {
    const { edits, ticket } = snapshot
    change({
      edits: {
        ...edits,
        tagsAdded: edits.tagsAdded.filter((tag) => !tags.includes(tag)),
        tagsRemoved: [...new Set([...edits.tagsRemoved, ...tags])].filter((tag) => ticket?.tags.includes(tag)),
      },
    })
  }

  function setDraft(part: Partial<Draft>, isFromEditor = false): void {
    const { draft } = snapshot
    change({ draft: { ...draft, ...part, revision: isFromEditor ? draft.revision : draft.revision + 1 } })
  }

  function appendToDraft(html: string): void {
    setDraft({ html: snapshot.draft.html + html })
  }

  function setFieldLook(name: string, look: Partial<FieldLook>): void {
    const before = snapshot.fieldLooks[name] ?? { isHidden: false, isDisabled: false }
    change({ fieldLooks: { ...snapshot.fieldLooks, [name]: { ...before, ...look } } })
  }

  function setSaveDisabled(guid: string, isDisabled: boolean): void {
    const others = snapshot.saveDisabledBy.filter((one) => one !== guid)
    change({ saveDisabledBy: isDisabled ? [...others, guid] : others })
  }

  /** Asks the apps, then saves edits, comment and status in one update. A second call while one is under way is dropped. */
  async function submit(status?: string): Promise<boolean> {
    if (snapshot.isSaving || snapshot.saveDisabledBy.length > 0 || !snapshot.ticket) return false
    change({ isSaving: true, refusal: null })
    hooks.announce('start')
    try {
      const objection = await hooks.ask()
      if (objection !== null) return finish(objection)
      await call('PUT', `/api/v2/tickets/${id}.json`, { ticket: await updateBody(status) })
      const { isPublic, revision } = snapshot.draft
      change({ edits: NO_EDITS, draft: { isPublic, html: '', files: [], revision: revision + 1 } })
      await load()
      return finish(null)
    } catch (error) {
      return finish(error instanceof Error ? error.message : String(error))
    }
  }

  function finish(refusal: string | null): boolean {
    change({ isSaving: false, refusal })
    hooks.announce(refusal === null ? 'done' : 'fail')
    hooks.announce('always')
    return refusal === null
  }

  async function updateBody(status?: string): Promise<Record<string, unknown>> {
    const { edits, draft } = snapshot
    const { tagsAdded, tagsRemoved, custom_fields, follower_ids, ...plain } = edits
    const body: Record<string, unknown> = { ...plain }
    if (status) body.status = status
    if (tagsAdded.length + tagsRemoved.length > 0) {
      const fresh = await peekTicket(id)
      body.tags = withTagEdits(fresh.tags, edits)
      body.safe_update = true
      body.updated_stamp = fresh.updated_at
    }
    if (Object.keys(custom_fields).length > 0) {
      body.custom_fields = Object.entries(custom_fields).map(([fieldId, value]) => ({ id: Number(fieldId), value }))
    }
    if (follower_ids) body.followers = followerChanges(snapshot.ticket?.follower_ids ?? [], follower_ids)
    if (plainText(draft.html).trim() !== '' || draft.files.length > 0) {
      body.comment = {
        html_body: draft.html || '<p></p>',
        public: draft.isPublic,
        ...(draft.files.length > 0 ? { uploads: draft.files.map((file) => file.token) } : {}),
      }
    }
    return body
  }
}

function followerChanges(before: number[], after: number[]) {
  return [
    ...after.filter((id) => !before.includes(id)).map((user_id) => ({ user_id, action: 'put' })),
    ...before.filter((id) => !after.includes(id)).map((user_id) => ({ user_id, action: 'delete' })),
  ]
}

/** Seconds are Zendesk's finest time, so `updated_at` alone would miss the second of two quick updates. */
const WATCHED = [
  'updated_at',
  'generated_timestamp',
  'subject',
  'status',
  'priority',
  'type',
  'group_id',
  'assignee_id',
  'requester_id',
  'follower_ids',
  'tags',
  'custom_fields',
] as const

function sameTicket(a: object, b: object): boolean {
  const watched = (ticket: object) => JSON.stringify(WATCHED.map((key) => (ticket as Record<string, unknown>)[key]))
  return watched(a) === watched(b)
}

/** Tags are lower case and joined by underscores. */
function asTag(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, '_')
}
