import { enterStage, withSignal } from './enter-stage.ts'
import { showStage } from './route.ts'
import { type CarryOut, recordedAs } from './said.ts'
import { withEscalation } from './state.ts'

/** The receiving tier takes it: whoever says so has it. */
export const acceptSaid: CarryOut<'accept'> = (state, said) => {
  const { id, fact, answer, open, by, moment } = said
  const accepted = { ...withSignal(enterStage(open, 'accepted', fact.at), moment, 'accepted'), owner: by }
  return {
    state: withEscalation(state, accepted),
    events: [recordedAs(said, { kind: 'accepted', ...(answer.comment && { comment: answer.comment }) })],
    effects: [{ ...showStage(state, accepted, { source: id, afterAuditId: fact.auditId }), owner: by.id }],
  }
}
