import { lifeOf } from '../clock/plan.ts'
import { MINUTE_MS } from '../units.ts'
import { adviseDeescalation } from './advisor.ts'
import { checkResolution } from './check-resolution.ts'
import { enterStage, withSignal } from './enter-stage.ts'
import { finish } from './finish.ts'
import { finishComment } from './finish-comment.ts'
import { showStage } from './route.ts'
import { type CarryOut, isObjection, recordedAs } from './said.ts'
import { presentPlan, withEscalation } from './state.ts'

/** The cause is known and the fix applied. Where the policy says so, the fix is watched for a while. */
export const resolve: CarryOut<'resolve'> = (state, said) => {
  const { id, answer, open, by, moment, fact } = said
  const checked = checkResolution(answer)
  if (isObjection(checked)) return checked
  const window = lifeOf(presentPlan(open)).monitoring
  const monitoringUntil = window === null ? null : fact.at + window * MINUTE_MS
  const staged = enterStage(open, window === null ? 'resolved' : 'monitoring', fact.at)
  const after = {
    ...withSignal(withSignal(staged, moment, 'cause-found'), moment, 'resolved'),
    resolution: { at: fact.at, by, ...checked },
    monitoringUntil,
  }
  const { code, ...words } = checked
  return {
    state: withEscalation(state, after),
    events: [recordedAs(said, { kind: 'resolved', ...words, resolution: code, monitoringUntil })],
    effects: [showStage(state, after, { source: id, afterAuditId: fact.auditId })],
  }
}

/**
 * The episode ends: what is missing by the policy's criteria is written down, and does not stand in the way. One that was
 * returned is withdrawn.
 */
export const deescalate: CarryOut<'deescalate'> = (state, said) => {
  const { id, answer, open, by, fact, means } = said
  const { rationale, customer_confirmed: customerConfirmed } = answer
  if (rationale.trim() === '') {
    return { reason: 'no-rationale', detail: 'Say why it can go back: the decision is kept with its reason.' }
  }
  const isWithdrawn = open.stage === 'returned'
  const missing = isWithdrawn ? [] : adviseDeescalation(open, fact.at, { customerConfirmed }).missing
  const toGroup = open.from.groupName
  const how = isWithdrawn ? 'withdrawn' : 'de-escalated'
  return finish(
    state,
    said,
    {
      id,
      how,
      ending: { rationale, customerConfirmed, missing },
      body: isWithdrawn
        ? { kind: 'withdrawn', rationale, toGroup }
        : { kind: 'deescalated', via: 'command', rationale, missing, toGroup },
      // Those it was returned to have the ticket already.
      isThere: isWithdrawn,
      comment: finishComment(open, { how, name: by.name, missing }),
    },
    means,
  )
}
