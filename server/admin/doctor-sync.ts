import type { SyncStanding } from '../sync/standing.ts'
import { adviceOn, EXPORT_WORDS, STREAM_STATES } from '../sync/words.ts'
import type { Finding } from './doctor.ts'

/** What cannot be read of the account, and why. Nothing before it was begun, which the running server does. */
export function syncFindings({ exports, completeSince }: SyncStanding): Finding[] {
  if (completeSince === null) return []
  const wrong = exports.flatMap((one): Finding[] => {
    const advice = adviceOn(one)
    if (advice === null) return []
    return [{ level: 'warning', title: `${EXPORT_WORDS[one.export]}: ${STREAM_STATES[one.state]}`, advice }]
  })
  const read = exports.length - wrong.length
  return [
    ...wrong,
    { level: 'ok', title: `Exports of the account: ${read} of ${exports.length} can be read`, advice: null },
  ]
}
