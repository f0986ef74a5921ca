import { useCallback, useEffect, useState } from 'react'
import { type SimilarAnswer, SimilarResponse } from '../../core/contract/similar.ts'
import type { Note } from '../../core/note/note.ts'
import type { BatonApi } from '../api/baton.ts'

export type SimilarQuery = SimilarResponse & {
  /** Says something of what is shown; it is not shown again here. */
  say: (answer: SimilarAnswer) => void
}

const PAUSE_MS = 600
/** Shorter texts are like everything. */
const FEWEST_SIGNS = 8
const NOTHING: SimilarResponse = { cases: [], suggestions: [] }

/** Past escalations like this note, asked once the typing pauses. Where nobody answers there are none. */
export function useSimilar(api: BatonApi, ticketId: number, note: Note): SimilarQuery {
  const [answer, setAnswer] = useState(NOTHING)
  const [settled, setSettled] = useState<readonly string[]>([])
  const { summary, symptoms } = note.issue
  const asked = [summary, ...symptoms].join('').length >= FEWEST_SIGNS ? JSON.stringify(note) : null

  useEffect(() => {
    if (asked === null) {
      setAnswer(NOTHING)
      return
    }
    let isCurrent = true
    const timer = setTimeout(async () => {
      const body = { ticketId, note: JSON.parse(asked) }
      const found = await api.call('POST', '/api/similar', body).then(read, () => NOTHING)
      if (isCurrent) setAnswer(found)
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [api, ticketId, asked])

  const say = useCallback(
    (said: SimilarAnswer) => {
      setSettled((before) => [...before, 'field' in said ? said.field : said.escalationId])
      // Lost when nobody answers: it only chooses what is shown.
      api.call('POST', '/api/similar/answers', said).catch(() => {})
    },
    [api],
  )

  return {
    cases: answer.cases.filter(({ escalationId }) => !settled.includes(escalationId)),
    suggestions: answer.suggestions.filter(({ field }) => !settled.includes(field)),
    say,
  }
}

function read(answer: unknown): SimilarResponse {
  return SimilarResponse.safeParse(answer).data ?? NOTHING
}
