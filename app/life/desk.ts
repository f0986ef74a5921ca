import type { EscalationResponse, EscalationView } from '../../core/contract/api.ts'
import type { BatonApi } from '../api/baton.ts'
import type { SentRecord } from '../sidebar/sent-record.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'

/** What everything about an open escalation works with. */
export type LifeDesk = {
  zaf: Zaf
  api: BatonApi
  session: Session
  escalation: EscalationView
  /** The requester's name, null when Zendesk did not give it. */
  customer: string | null
  /** Commands that are in the ticket and not taken in yet. */
  sent: readonly SentRecord[]
  isServerAway: boolean
  /** False on a closed ticket and for those whose role may only read. */
  canAct: boolean
  findEscalation: () => Promise<EscalationResponse | null>
  onSent: (record: SentRecord) => void
  /** Opens the note at these headings, or as it is. */
  onAmend: (headings: string[]) => void
}

/** Whoever works on it: they may say what the note should have said. */
export function isReceiver({ life }: EscalationView): boolean {
  return life.may.includes('had-to-ask')
}
