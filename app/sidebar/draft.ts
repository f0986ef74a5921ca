import { z } from 'zod'
import { type FieldPath, type FieldValue, readField } from '../../core/note/fields.ts'
import { emptyNote, type Note } from '../../core/note/note.ts'
import type { Instant } from '../../core/units.ts'
import { isBlank, isNoteShaped, putField } from './note-fields.ts'

/** A note being written, with what is needed to tell the agent's words from those that filled themselves in. */
export const DraftText = z.object({
  note: z.custom<Note>(isNoteShaped),
  /** Paths the agent has changed: no prefill may alter them again, not even when they are empty. */
  touched: z.array(z.string()),
  /** Paths that filled themselves in from the ticket and were not changed since. */
  prefilled: z.array(z.string()),
})
export type DraftText = z.infer<typeof DraftText>

/** A draft as it lies in the browser. */
export const Draft = DraftText.extend({
  /** Counts every change; the next one is written only over the revision it was made from. */
  revision: z.number(),
  /** The tab that wrote it. */
  tab: z.string(),
  savedAt: z.number(),
  /** The command this note was last sent under, so that sending again can't do it twice. */
  commandId: z.string().nullable(),
  /** What "discard" threw away, until the next change. */
  discarded: DraftText.nullable(),
})
export type Draft = z.infer<typeof Draft>

export function newDraft(tab: string, now: Instant, note: Note = emptyNote()): Draft {
  return { note, touched: [], prefilled: [], revision: 0, tab, savedAt: now, commandId: null, discarded: null }
}

/** The agent changed a field. */
export function edit<T extends DraftText>(draft: T, path: FieldPath, value: FieldValue): T {
  return {
    ...draft,
    note: putField(draft.note, path, value),
    touched: draft.touched.includes(path) ? draft.touched : [...draft.touched, path],
    prefilled: draft.prefilled.filter((other) => other !== path),
    discarded: null,
  }
}

/** Fills in what the ticket knows, without ever touching what the agent has changed. Answers `draft` when nothing is new. */
export function prefill<T extends DraftText>(draft: T, known: Partial<Record<FieldPath, FieldValue>>): T {
  let { note, prefilled } = draft
  for (const [path, value] of Object.entries(known) as [FieldPath, FieldValue][]) {
    const current = readField(note, path)
    const isOurs = prefilled.includes(path)
    if (draft.touched.includes(path) || isBlank(value) || (!isOurs && !isBlank(current))) continue
    if (JSON.stringify(current) === JSON.stringify(value)) continue
    note = putField(note, path, value)
    if (!isOurs) prefilled = [...prefilled, path]
  }
  return note === draft.note ? draft : { ...draft, note, prefilled }
}

/** Throws away what was written and keeps it for one undo. */
export function discard(draft: Draft, note: Note = emptyNote()): Draft {
  const { note: old, touched, prefilled } = draft
  return { ...draft, note, touched: [], prefilled: [], commandId: null, discarded: { note: old, touched, prefilled } }
}

export function undoDiscard(draft: Draft): Draft {
  return draft.discarded ? { ...draft, ...draft.discarded, discarded: null } : draft
}

export function isSameText(one: DraftText, other: DraftText): boolean {
  return JSON.stringify(one.note) === JSON.stringify(other.note)
}
