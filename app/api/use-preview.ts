import { useEffect, useState } from 'react'
import type { DecideResponse } from '../../core/contract/api.ts'
import type { Note } from '../../core/note/note.ts'
import type { BatonApi } from './baton.ts'

export type Preview = {
  /** The newest answer, which may belong to the text of a moment ago. */
  answer: DecideResponse | null
  state: 'asking' | 'ready' | 'away'
}

const PAUSE_MS = 400

/** The decision this note would get, asked once the typing pauses. */
export function usePreview(api: BatonApi, ticketId: number, note: Note): Preview {
  const [preview, setPreview] = useState<Preview>({ answer: null, state: 'asking' })
  const asked = JSON.stringify(note)

  useEffect(() => {
    let isCurrent = true
    setPreview(({ answer }) => ({ answer, state: 'asking' }))
    const timer = setTimeout(async () => {
      try {
        const answer = await api.decide({ ticketId, note: JSON.parse(asked) })
        if (isCurrent) setPreview({ answer, state: 'ready' })
      } catch {
        if (isCurrent) setPreview({ answer: null, state: 'away' })
      }
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [api, ticketId, asked])

  return preview
}
