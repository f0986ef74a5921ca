import { handedOn } from './hand-on.ts'
import type { CarryOut } from './said.ts'
import { presentHandOver } from './state.ts'

/** Up or down to another tier, or aside to another queue, with the reason why. */
export const handOn: CarryOut<'hand-on'> = (state, said) => {
  const { id, answer, open, fact, means } = said
  const { tier, queue, reason } = answer
  const { target } = fact
  if (tier === null && queue.trim() === '') {
    return { reason: 'nowhere-named', detail: 'Name the tier or the queue that should take it.' }
  }
  if (!target) {
    const where = [queue && `queue “${queue}”`, tier !== null && `tier ${tier}`].filter(Boolean).join(' in ')
    return { reason: 'no-such-queue', detail: fact.noTarget ?? `The policy has no ${where}. Choose one that it has.` }
  }
  const { decision } = target
  const present = presentHandOver(open)
  if (decision.tier === present.tier && decision.queue === present.queue) {
    return { reason: 'same-queue', detail: `${decision.queueName} has it already. Choose another queue.` }
  }
  if (reason.trim() === '') {
    const hadIt = open.handOvers.some((one) => one.queue === decision.queue)
    return hadIt
      ? {
          reason: 'bounce-without-reason',
          detail: `${decision.queueName} had it before. Say why it should have it again.`,
        }
      : { reason: 'no-reason', detail: 'Say why it is handed on, so that the next ones need not ask.' }
  }
  return handedOn(state, said, { id, to: target, via: 'command', reason }, means)
}
