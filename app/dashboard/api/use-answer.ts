import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { type Desk, DeskError, type DeskFailure } from './desk.ts'

export type Reading<T> =
  | { state: 'loading' }
  | { state: 'failed'; failure: DeskFailure; message: string; retry(): void }
  /** `stale`: it could not be brought up to date. */
  | { state: 'ready'; value: T; stale: DeskFailure | null; retry(): void }

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  return useContext(DeskContext)!
}

type Kept<T> = { path: string; value?: T; failure?: DeskError }

/**
 * What our server answers to a question: what is known from before at once, then what it says now, and again each
 * `everyMs` while somebody looks.
 *
 * @param path null asks nothing yet
 * @param schema the same one at each call
 */
export function useAnswer<T>(path: string | null, schema: z.ZodType<T>, everyMs?: number): Reading<T> {
  const desk = useDesk()
  const [kept, setKept] = useState<Kept<T> | null>(null)
  const latest = useRef(path)
  latest.current = path

  const look = useCallback(() => {
    if (path === null) return
    desk.read(path, schema).then(
      (value) => latest.current === path && setKept({ path, value }),
      (error: unknown) => {
        if (latest.current !== path) return
        const failure = error instanceof DeskError ? error : new DeskError('bad-answer', String(error))
        setKept((before) => ({
          path,
          failure,
          ...(before?.path === path && 'value' in before ? { value: before.value } : {}),
        }))
      },
    )
  }, [desk, path, schema])

  useEffect(look, [look])
  useEffect(() => {
    if (everyMs === undefined) return
    const again = () => !document.hidden && look()
    const timer = setInterval(again, everyMs)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [look, everyMs])

  const known = kept?.path === path ? kept : null
  const value = known && 'value' in known ? known.value : path === null ? undefined : (desk.kept(path) as T | undefined)
  if (value !== undefined) return { state: 'ready', value, stale: known?.failure?.failure ?? null, retry: look }
  if (known?.failure)
    return { state: 'failed', failure: known.failure.failure, message: known.failure.message, retry: look }
  return { state: 'loading' }
}
