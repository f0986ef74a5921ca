import type { EscalationResponse, EscalationView } from '../../core/contract/api.ts'
import type { BatonApi } from '../api/baton.ts'
import type { SentRecord } from '../sidebar/sent-record.ts'
import type { Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'

/** What past escalations are shown with. */
export type SimilarDesk = {
  zaf: Zaf
  session: Session
  api: BatonApi
  /** The last escalation of the ticket, which is over. */
  earlier: EscalationView | null
  findEscalation: () => Promise<EscalationResponse | null>
  onSent: (record: SentRecord) => void
}
