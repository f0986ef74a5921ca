import { z } from 'zod'
import type { Verb } from '../../core/contract/command.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import { type Draft, draftOf, isSameText } from './draft.ts'
import { formOf, type Written as WrittenFor } from './forms.ts'

export type DraftKey<V extends Verb = Verb> = {
  subdomain: string
  ticketId: number
  userId: number
  verb: V
  /** Keeps several of one verb apart. */
  part?: string
}

/** `conflict`: somebody else wrote after the revision this change was made from; nothing was overwritten. */
export type Kept<T> = { result: 'saved' | 'unsaved' } | { result: 'conflict'; theirs: Draft<T> }

const OLD_MS = 30 * DAY_MS

const Dated = z.object({ savedAt: z.number() })

/**
 * Drafts of one form, kept in the browser: one slot everybody shares, and a slot per tab for a version that is in
 * conflict with it, so that no crash can lose either.
 */
export function createDraftStore<V extends Verb>(key: DraftKey<V>, tab: string, storage: Storage = localStorage) {
  type T = WrittenFor<V>
  const { subdomain, ticketId, userId, verb, part } = key
  const shared = `baton:draft:${subdomain}:${ticketId}:${userId}:${verb}${part === undefined ? '' : `/${part}`}`
  const Kept = draftOf<T>(formOf(verb))
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(shared)
  return { read, write, overwrite, setAside, readAside, clearAside, clear, forgetOld, onChange }

  function read(): Draft<T> | null {
    return readSlot(shared)
  }

  /** Writes `draft` if the shared slot still holds revision `basedOn` (or nothing). */
  function write(draft: Draft<T>, basedOn: number): Kept<T> {
    const theirs = read()
    const isOurs = !theirs || theirs.revision === basedOn || theirs.tab === tab
    if (!isOurs && !isSameText(theirs, draft)) return { result: 'conflict', theirs }
    return { result: put(shared, draft) ? 'saved' : 'unsaved' }
  }

  /** Writes `draft` whatever the slot holds: the agent has seen both versions and chosen. */
  function overwrite(draft: Draft<T>): void {
    put(shared, draft)
  }

  /** Keeps a version that must not go into the shared slot yet. */
  function setAside(draft: Draft<T>): void {
    put(`${shared}:aside:${tab}`, draft)
  }

  /** A version left in conflict by this tab, or by one that is gone. */
  function readAside(): Draft<T> | null {
    for (const slot of asideSlots()) {
      const draft = readSlot(slot)
      if (draft) return draft
    }
    return null
  }

  function clearAside(): void {
    for (const slot of asideSlots()) storage.removeItem(slot)
  }

  /** Forgets what was written, here and in every other tab. */
  function clear(): void {
    clearAside()
    storage.removeItem(shared)
    channel?.postMessage(tab)
  }

  /** Removes drafts nobody has touched for a month, of any ticket. */
  function forgetOld(now: Instant): void {
    for (const slot of slotsOf('baton:draft:')) {
      const draft = readAs(Dated, slot)
      if (!draft || now - draft.savedAt > OLD_MS) storage.removeItem(slot)
    }
  }

  /** Calls `handle` with what another tab wrote, null when it cleared that. Answers a function that stops it. */
  function onChange(handle: (theirs: Draft<T> | null) => void): () => void {
    const look = () => {
      const theirs = read()
      if (theirs?.tab !== tab) handle(theirs)
    }
    const onStorage = (event: StorageEvent) => {
      if (event.key === shared || event.key === null) look()
    }
    window.addEventListener('storage', onStorage)
    channel?.addEventListener('message', look)
    return () => {
      window.removeEventListener('storage', onStorage)
      channel?.removeEventListener('message', look)
    }
  }

  function asideSlots(): string[] {
    return slotsOf(`${shared}:aside:`)
  }

  function slotsOf(beginning: string): string[] {
    try {
      return Object.keys(storage).filter((slot) => slot.startsWith(beginning))
    } catch {
      return []
    }
  }

  function readSlot(slot: string): Draft<T> | null {
    return readAs(Kept, slot)
  }

  function readAs<R>(schema: z.ZodType<R>, slot: string): R | null {
    try {
      return schema.parse(JSON.parse(storage.getItem(slot) ?? 'null'))
    } catch {
      return null
    }
  }

  /** @returns false when the browser keeps nothing (storage full or forbidden) */
  function put(slot: string, draft: Draft<T>): boolean {
    try {
      storage.setItem(slot, JSON.stringify(draft))
      if (slot === shared) channel?.postMessage(tab)
      return true
    } catch {
      return false
    }
  }
}
