import { z } from 'zod'
import { type FieldValue, type Form, valueAt, withValueAt } from '../../core/form/form.ts'
import type { Instant } from '../../core/units.ts'
import { isBlank, isShaped } from './forms.ts'

/** What is being written, with what is needed to tell the agent's words from those that filled themselves in. */
export type DraftText<T> = {
  written: T
  /** Paths the agent has changed: no prefill may alter them again, not even when they are empty. */
  touched: string[]
  /** Paths that filled themselves in from the ticket and were not changed since. */
  prefilled: string[]
}

/** A draft as it lies in the browser. */
export type Draft<T> = DraftText<T> & {
  /** Counts every change; the next one is written only over the revision it was made from. */
  revision: number
  /** The tab that wrote it. */
  tab: string
  savedAt: number
  /** The command this was last sent under, so that sending again can't do it twice. */
  commandId: string | null
  /** What "discard" threw away, until the next change. */
  discarded: DraftText<T> | null
}

/** Reads what a browser kept for a form. */
export function draftOf<T>(form: Form<T>): z.ZodType<Draft<T>> {
  const DraftText = z.object({
    written: z.custom<T>((value) => isShaped(form, value)),
    touched: z.array(z.string()),
    prefilled: z.array(z.string()),
  })
  return DraftText.extend({
    revision: z.number(),
    tab: z.string(),
    savedAt: z.number(),
    commandId: z.string().nullable(),
    discarded: DraftText.nullable(),
  }) as unknown as z.ZodType<Draft<T>>
}

export function newDraft<T>(tab: string, now: Instant, written: T): Draft<T> {
  return { written, touched: [], prefilled: [], revision: 0, tab, savedAt: now, commandId: null, discarded: null }
}

/** The agent changed a field. */
export function edit<T>(draft: Draft<T>, path: string, value: FieldValue): Draft<T> {
  return {
    ...draft,
    written: withValueAt(draft.written, path, value),
    touched: draft.touched.includes(path) ? draft.touched : [...draft.touched, path],
    prefilled: draft.prefilled.filter((other) => other !== path),
    discarded: null,
  }
}

/** Fills in what the ticket knows, without ever touching what the agent has changed. Answers `draft` when nothing is new. */
export function prefill<T>(draft: Draft<T>, known: Readonly<Record<string, FieldValue>>): Draft<T> {
  let { written, prefilled } = draft
  for (const [path, value] of Object.entries(known)) {
    const current = valueAt(written, path)
    const isOurs = prefilled.includes(path)
    if (draft.touched.includes(path) || isBlank(value) || (!isOurs && !isBlank(current))) continue
    if (JSON.stringify(current) === JSON.stringify(value)) continue
    written = withValueAt(written, path, value)
    if (!isOurs) prefilled = [...prefilled, path]
  }
  return written === draft.written ? draft : { ...draft, written, prefilled }
}

/** Throws away what was written and keeps it for one undo. */
export function discard<T>(draft: Draft<T>, begin: T): Draft<T> {
  const { written, touched, prefilled } = draft
  const discarded = { written, touched, prefilled }
  return { ...draft, written: begin, touched: [], prefilled: [], commandId: null, discarded }
}

export function undoDiscard<T>(draft: Draft<T>): Draft<T> {
  return draft.discarded ? { ...draft, ...draft.discarded, discarded: null } : draft
}

export function isSameText<T>(one: DraftText<T>, other: DraftText<T>): boolean {
  return JSON.stringify(one.written) === JSON.stringify(other.written)
}
