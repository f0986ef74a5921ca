import { bouncesIn, THIRD } from './bounces.ts'
import { placeOf } from './comments.ts'
import { deadlineMoves } from './deadlines.ts'
import type { Means, Raise } from './facts.ts'
import { handOverTo } from './hand-over.ts'
import { respondByOf } from './respond-by.ts'
import { newRouting, routeTicket } from './route.ts'
import { type Doing, type EventBody, recordedAs } from './said.ts'
import { cameBack } from './send-back.ts'
import { type Escalation, presentHandOver, type TicketState, withEscalation } from './state.ts'
import type { Step } from './step.ts'

export type HandOn = {
  /** Of what it follows from. */
  id: string
  to: Raise
  via: 'command' | 'move' | 'approval'
  reason: string
}

/**
 * Another queue takes over, up, down or aside: its clocks run from here and it has yet to accept. A queue that had it
 * before is a bounce, which is counted; after the third hand the comment proposes to stop that.
 */
export function handedOn(
  state: TicketState,
  said: Doing,
  { id, to: { decision, plan }, via, reason }: HandOn,
  means: Means,
): Step {
  const { open, by, moment, fact } = said
  const before = presentHandOver(open)
  const handed: Escalation = {
    ...cameBack(open, moment),
    stage: 'requested',
    stageSince: fact.at,
    owner: null,
    estimate: null,
    decision,
    respondBy: respondByOf(plan, fact.at, means.calendarOf),
    handOvers: [...open.handOvers, handOverTo(decision, plan, moment)],
    routing: newRouting(id, state.ticketId, decision.group, via === 'move'),
  }
  const after = withEscalation(state, handed)
  const bodies: EventBody[] = [
    {
      kind: 'handed-on',
      via,
      fromTier: before.tier,
      fromQueue: before.queue,
      tier: decision.tier,
      queue: decision.queue,
      reason,
    },
    ...touches(handed, fact.at),
  ]
  return {
    state: after,
    events: [
      ...bodies.map((body) => recordedAs(said, body)),
      ...deadlineMoves(state, after, fact.at, means.calendarOf, `Handed on to ${decision.queueName} by ${by.name}`),
    ],
    effects: [
      routeTicket(state, handed, {
        afterAuditId: fact.auditId,
        before: open,
        isThere: via === 'move',
        opening: `Handed on to ${placeOf(handed)} by ${by.name}${reason ? `: ${reason}` : '.'}`,
        closing: closing(handed, via === 'move' && reason === '', by.name),
      }),
    ],
  }
}

function touches({ handOvers }: Escalation, at: number): EventBody[] {
  const { queue } = handOvers.at(-1)!
  const bounces = bouncesIn(handOvers)
  const isBounce = bounces.at(-1) === handOvers.at(-1)
  return [
    ...(isBounce
      ? [{ kind: 'bounced' as const, queue, times: bounces.length, costMs: Math.max(0, at - bounces[0]!.at) }]
      : []),
    ...(handOvers.length >= THIRD
      ? [{ kind: 'third-touch' as const, touches: handOvers.length, queues: handOvers.map((one) => one.queue) }]
      : []),
  ]
}

function closing({ handOvers, decision }: Escalation, isUnexplained: boolean, name: string): string[] {
  return [
    ...(isUnexplained ? [`${name}, please say why it was moved.`] : []),
    ...(handOvers.length >= THIRD
      ? [
          `It has changed hands ${handOvers.length} times. Instead of handing it on again, ask others to help where it is, ` +
            `or let the lead of tier ${decision.tier} decide who has it.`,
        ]
      : []),
  ]
}
