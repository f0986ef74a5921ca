import { useState } from 'react'
import type { z } from 'zod'
import { DeskError } from '../api/desk.ts'
import { useDesk } from '../api/use-answer.ts'

/** What somebody records, and what came of it: the newest answer, or why it was not recorded. */
export function useSent<T>(schema: z.ZodType<T>) {
  const desk = useDesk()
  const [latest, setLatest] = useState<T | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<DeskError | null>(null)

  /** @returns whether it was recorded */
  async function send(path: string, body: unknown): Promise<boolean> {
    setBusy(true)
    setFailure(null)
    try {
      setLatest(await desk.send(path, body, schema))
      return true
    } catch (error) {
      setFailure(error instanceof DeskError ? error : new DeskError('bad-answer', String(error)))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { latest, isBusy, failure, send }
}
