import { useEffect, useMemo } from 'react'
import type { EscalationResponse, EscalationView, Form } from '../../core/contract/api.ts'
import type { Note } from '../../core/note/note.ts'
import { SECOND_MS } from '../../core/units.ts'
import type { BatonApi } from '../api/baton.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'
import type { TicketPicture } from '../zaf/ticket.ts'
import { clearanceOf, openEscalation } from './clearance.ts'
import { createDraftStore } from './draft-store.ts'
import { componentOf, knownFacts } from './known-facts.ts'
import { NoteForm } from './NoteForm.tsx'
import type { SentRecord } from './sent-record.ts'
import { useDraft } from './use-draft.ts'
import { useSending } from './use-sending.ts'

type EscalateNoteProps = {
  zaf: Zaf
  session: Session
  api: BatonApi
  form: Form
  /** Null when Zendesk did not give it: the note stays empty, and can be sent. */
  ticket: TicketPicture | null
  earlier: EscalationView | null
  begin: Note
  findEscalation: () => Promise<EscalationResponse | null>
  onSent: (record: SentRecord) => void
}

/** How long sending waits to hear whether somebody else has just escalated. */
const RECHECK_WITHIN_MS = 2 * SECOND_MS

/** Writing and sending the first note of an escalation. */
export function EscalateNote(props: EscalateNoteProps) {
  const { zaf, session, api, form, ticket, earlier, begin, findEscalation, onSent } = props
  const { subdomain, ticketId, user } = session
  const editor = useDraft({ subdomain, ticketId, userId: user.id, verb: 'escalate' as const }, begin)
  const { sending, send } = useSending<'escalate'>(zaf, editor)
  const guess = useMemo(() => (ticket ? componentOf(ticket, form) : null), [ticket, form])
  const { fillIn } = editor
  const fromTier = Math.min(...form.tiers.map(({ level }) => level), 4) || 1

  const isDiscarded = editor.draft.discarded !== null
  useEffect(() => {
    if (ticket && !isDiscarded) fillIn(knownFacts(ticket, form, earlier))
  }, [ticket, form, earlier, isDiscarded, fillIn])

  return (
    <NoteForm
      verb="escalate"
      session={session}
      api={api}
      form={form}
      editor={editor}
      guess={guess}
      fromTier={form.tiers.length > 0 ? fromTier : 1}
      withTier={null}
      sending={sending}
      onSend={submit}
      similarDesk={{ zaf, session, api, earlier, findEscalation, onSent }}
    />
  )

  async function submit(note: Note) {
    const record = await send({ verb: 'escalate', ticketId, written: note, askClearance })
    if (!record) {
      findEscalation()
      return
    }
    if (record.isEarlierText) keepForAmending(note)
    editor.clear()
    onSent(record)
  }

  async function askClearance() {
    const answer = await Promise.race([findEscalation(), later(RECHECK_WITHIN_MS)])
    const open = openEscalation(answer)
    return open
      ? { failure: 'already-escalated' as const, detail: open.requestedBy.name }
      : clearanceOf(answer, earlier, Date.now())
  }

  /** What was written after the version that landed is not lost: it waits under "complete the note". */
  function keepForAmending(note: Note) {
    const store = createDraftStore({ subdomain, ticketId, userId: user.id, verb: 'amend' as const }, 'escalate')
    store.overwrite({
      ...editor.draft,
      written: note,
      commandId: null,
      discarded: null,
      revision: editor.draft.revision + 1,
    })
  }
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms))
}
