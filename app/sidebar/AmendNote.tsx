import { useState } from 'react'
import type { EscalationView, Form } from '../../core/contract/api.ts'
import { NOTE_FIELDS } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import type { BatonApi } from '../api/baton.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'
import { NoteForm } from './NoteForm.tsx'
import type { SentRecord } from './sent-record.ts'
import { useDraft } from './use-draft.ts'
import { useSending } from './use-sending.ts'

type AmendNoteProps = {
  zaf: Zaf
  session: Session
  api: BatonApi
  form: Form
  escalation: EscalationView
  /** Headings of the note at which to begin, because they are missing. */
  missing: string[]
  onSent: (record: SentRecord) => void
  onBack: () => void
}

/** Anybody may add to a note, as often as they like. */
const NOTHING_IN_THE_WAY = { asOf: null, refused: [] }

/** Completing the note of an escalation that is under way: starts from the note as it was sent. */
export function AmendNote({ zaf, session, api, form, escalation, missing, onSent, onBack }: AmendNoteProps) {
  const { subdomain, ticketId, user } = session
  // The note it started from: a later answer of the server must not pull the text away under the agent's hands.
  const [begin] = useState(escalation.note)
  const editor = useDraft({ subdomain, ticketId, userId: user.id, verb: 'amend' as const }, begin)
  const { sending, send } = useSending<'amend'>(zaf, editor)

  return (
    <NoteForm
      verb="amend"
      session={session}
      api={api}
      form={form}
      editor={editor}
      guess={null}
      fromTier={Number(begin.escalated_from.replace(/\D/g, '')) || 1}
      withTier={escalation.decision.tier}
      missing={NOTE_FIELDS.filter(({ heading }) => missing.includes(heading)).map(({ path }) => path)}
      sending={sending}
      onSend={submit}
      onBack={onBack}
    />
  )

  async function submit(note: Note) {
    const record = await send({ verb: 'amend', ticketId, written: note, askClearance: async () => NOTHING_IN_THE_WAY })
    if (!record) return
    editor.clear()
    onSent(record)
  }
}
