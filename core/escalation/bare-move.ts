import { adviseDeescalation } from './advisor.ts'
import { comeBack } from './come-back.ts'
import type { BareMove, Means, TicketFact } from './facts.ts'
import { finish } from './finish.ts'
import { finishComment } from './finish-comment.ts'
import { handedOn } from './hand-on.ts'
import { A_RULE } from './life-state.ts'
import { momentOf } from './moments.ts'
import { register } from './register.ts'
import { type Doing, recordedAs } from './said.ts'
import { sendBack } from './send-back.ts'
import { type Escalation, openEscalation, presentHandOver, type TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * The group of the ticket was changed without a word to Baton. It means what the same step with a word means: to a
 * higher queue an escalation whose note is owed, between queues a hand-over, back to where it came from a return. In an
 * update that carries a command the command says what is meant.
 */
export function evolveMove(
  state: TicketState,
  fact: TicketFact,
  to: number | null,
  means: Means,
  move?: BareMove,
): Step {
  const open = openEscalation(state)
  if (!open) {
    const isUp = move?.target && move.target.decision.tier > move.from.tier
    return isUp ? register(state, fact, { ...move, target: move.target! }, means) : unchanged(state)
  }
  const by = fact.author ? { id: fact.author.id, name: fact.author.name } : A_RULE
  const said: Doing = { open, by, moment: momentOf(fact), fact }
  const told = { ...recordedAs(said, { kind: 'moved', toGroupId: to }), by: fact.author && by }
  const onlyTold: Step = { ...unchanged(state), events: [told] }
  if (!move || isCommanded(open, fact)) return onlyTold

  const id = `audit-${fact.auditId}.move`
  const isBack = move.groupName !== null && move.groupName === open.from.groupName
  if (isBack) {
    if (open.stage === 'returned') return onlyTold
    const isSolved = open.stage === 'resolved' || open.stage === 'monitoring'
    return isSolved ? movedToEnd(state, said, id, means) : movedBack(state, said, id)
  }
  const { target } = move
  if (!target) return onlyTold
  const present = presentHandOver(open)
  const isOther = target.decision.tier !== present.tier || target.decision.queue !== present.queue
  if (isOther) return handedOn(state, said, { id, to: target, via: 'move', reason: '' }, means)
  return open.stage === 'returned' ? comeBack(state, said, id, means) : onlyTold
}

function movedBack(state: TicketState, said: Doing, id: string): Step {
  const explanation = 'The ticket was moved back without a word.'
  return sendBack(state, said, { id, reason: 'other', missing: [], explanation, isThere: true })
}

function movedToEnd(state: TicketState, said: Doing, id: string, means: Means): Step {
  const { open, by, fact } = said
  const { missing } = adviseDeescalation(open, fact.at)
  return finish(
    state,
    said,
    {
      id,
      how: 'de-escalated',
      ending: { rationale: '', customerConfirmed: null, missing },
      body: { kind: 'deescalated', via: 'move', rationale: '', missing, toGroup: open.from.groupName },
      isThere: true,
      comment: finishComment(open, {
        how: 'de-escalated',
        name: by.name,
        missing,
        reason: 'the ticket was moved back',
      }),
    },
    means,
  )
}

const PARTS_OF_AN_AUDIT = 16

/** The same update gave a command that moved or returned it. */
function isCommanded(open: Escalation, { auditId }: TicketFact): boolean {
  const orders = [presentHandOver(open).order, open.returns.at(-1)?.order, open.returns.at(-1)?.cameBack?.order]
  return orders.some((order) => order !== undefined && Math.floor(order / PARTS_OF_AN_AUDIT) === auditId)
}
