import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Verb } from '../../core/contract/command.ts'
import type { FieldValue } from '../../core/form/form.ts'
import { type Draft, discard, edit, isSameText, newDraft, prefill, undoDiscard } from './draft.ts'
import { createDraftStore, type DraftKey } from './draft-store.ts'
import type { Written } from './forms.ts'

export type DraftEditor<T> = {
  draft: Draft<T>
  /** What another tab wrote while this one had words of its own; the agent chooses. */
  theirs: Draft<T> | null
  /** False when the browser keeps nothing and a reload would lose what was written. */
  isKept: boolean
  /** True after this tab took over what another one wrote. */
  hasFollowed: boolean
  setField(path: string, value: FieldValue): void
  fillIn(known: Readonly<Record<string, FieldValue>>): void
  discard(): void
  undoDiscard(): void
  choose(version: 'mine' | 'theirs'): void
  setCommandId(commandId: string | null): void
  /** Forgets what was written, once it is safely in the ticket. */
  clear(): void
}

type Held<T> = { draft: Draft<T>; theirs: Draft<T> | null; isKept: boolean; hasFollowed: boolean }

/**
 * What is being written, kept in the browser with every keystroke.
 *
 * A tab without words of its own follows the other; one with words of its own never loses them, and never overwrites.
 *
 * @param begin what a fresh draft starts from; for completing a note, the note as it was sent
 */
export function useDraft<V extends Verb>(key: DraftKey<V>, begin: Written<V>): DraftEditor<Written<V>> {
  type T = Written<V>
  const tab = useMemo(() => crypto.randomUUID(), [])
  const { subdomain, ticketId, userId, verb, part } = key
  const store = useMemo(
    () => createDraftStore<V>({ subdomain, ticketId, userId, verb, ...(part === undefined ? {} : { part }) }, tab),
    [subdomain, ticketId, userId, verb, part, tab],
  )
  /** The revision in the shared slot that our text grew from. */
  const basedOn = useRef(0)
  /** Whether this tab has written something since it last agreed with the shared slot. */
  const hasOwnWords = useRef(false)
  /** Set once it is in the ticket: what still arrives for it must not bring the draft back. */
  const isOver = useRef(false)

  const [held, setHeld] = useState<Held<T>>(() => {
    store.forgetOld(Date.now())
    const kept = store.read()
    const aside = store.readAside()
    basedOn.current = kept?.revision ?? 0
    const isTorn = kept !== null && aside !== null && !isSameText(kept, aside)
    hasOwnWords.current = isTorn
    const draft = (isTorn ? aside : (kept ?? aside)) ?? newDraft(tab, Date.now(), begin)
    return { draft, theirs: isTorn ? kept : null, isKept: true, hasFollowed: false }
  })
  const latest = useRef(held)

  const put = useCallback((next: Held<T>) => {
    latest.current = next
    setHeld(next)
  }, [])

  const change = useCallback(
    (alter: (draft: Draft<T>) => Draft<T>, { isOwn }: { isOwn: boolean }) => {
      const { draft, theirs } = latest.current
      const altered = alter(draft)
      if (altered === draft || isOver.current) return
      const next = { ...altered, revision: draft.revision + 1, tab, savedAt: Date.now() }
      if (isOwn) hasOwnWords.current = true

      // A note that only filled itself in is made again from the ticket; keeping it would fill the browser with tickets.
      // One that was sent is kept, to be sent again under the same id.
      if (!isOwn && next.touched.length === 0 && next.commandId === null && store.read() === null) {
        put({ ...latest.current, draft: next })
        return
      }
      if (theirs) {
        store.setAside(next)
        put({ ...latest.current, draft: next })
        return
      }
      const written = store.write(next, basedOn.current)
      if (written.result === 'conflict') {
        store.setAside(next)
        put({ ...latest.current, draft: next, theirs: written.theirs })
        return
      }
      basedOn.current = next.revision
      put({ draft: next, theirs: null, isKept: written.result === 'saved', hasFollowed: false })
    },
    [store, tab, put],
  )

  useEffect(
    () =>
      store.onChange((theirs) => {
        const mine = latest.current
        if (theirs === null) {
          if (!hasOwnWords.current) put({ ...mine, draft: newDraft(tab, Date.now(), begin), theirs: null })
          return
        }
        if (isSameText(theirs, mine.draft)) {
          basedOn.current = theirs.revision
          put({ ...mine, draft: { ...mine.draft, revision: theirs.revision }, theirs: null })
        } else if (hasOwnWords.current) {
          store.setAside(mine.draft)
          put({ ...mine, theirs })
        } else {
          basedOn.current = theirs.revision
          put({ draft: theirs, theirs: null, isKept: true, hasFollowed: true })
        }
      }),
    [store, tab, begin, put],
  )

  const actions = useMemo(
    () => ({
      setField: (path: string, value: FieldValue) => change((draft) => edit(draft, path, value), { isOwn: true }),
      fillIn: (known: Readonly<Record<string, FieldValue>>) =>
        change((draft) => prefill(draft, known), { isOwn: false }),
      discard: () => change((draft) => discard(draft, begin), { isOwn: true }),
      undoDiscard: () => change((draft) => undoDiscard(draft), { isOwn: true }),
      setCommandId: (commandId: string | null) =>
        change((draft) => (draft.commandId === commandId ? draft : { ...draft, commandId }), { isOwn: false }),
      choose(version: 'mine' | 'theirs') {
        const { draft, theirs } = latest.current
        if (!theirs) return
        const chosen = version === 'mine' ? draft : theirs
        const next = { ...chosen, revision: Math.max(draft.revision, theirs.revision) + 1, tab, savedAt: Date.now() }
        store.overwrite(next)
        store.clearAside()
        basedOn.current = next.revision
        hasOwnWords.current = false
        put({ draft: next, theirs: null, isKept: true, hasFollowed: false })
      },
      clear() {
        isOver.current = true
        store.clear()
        basedOn.current = 0
        hasOwnWords.current = false
        put({ draft: newDraft(tab, Date.now(), begin), theirs: null, isKept: true, hasFollowed: false })
      },
    }),
    [change, store, tab, begin, put],
  )

  return { ...held, ...actions }
}
