import type { CalendarOf } from '../../core/clock/sla.ts'
import { evolve } from '../../core/escalation/evolve.ts'
import type { CommandFact, Fact, TicketFact } from '../../core/escalation/facts.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Step } from '../../core/escalation/step.ts'
import type { Replay } from './replay.ts'

/**
 * The ticket's state as the facts read so far leave it, so that each is judged by what came before it in the same look.
 * The engine folds them anew.
 */
export type Scratch = {
  state(): TicketState
  /** What a fact would do here. */
  trial(fact: Fact): Step
  /** Folds a fact in. One that begins an escalation which our marks know gets the id that it bears there. */
  take<F extends Fact>(fact: F): F
}

export function createScratch(start: TicketState, calendarOf: CalendarOf, replay: Replay | null): Scratch {
  let state = start
  const trial = (fact: Fact) => {
    // Whatever id it gets in the end.
    const allot = () => ({ escalationId: `begun-${state.escalations.length}` })
    return evolve(state, fact, { allot, calendarOf })
  }

  return {
    state: () => state,
    trial,
    take(fact) {
      const step = trial(fact)
      const knownAs = step.state.escalations.length > state.escalations.length ? knownId(step) : null
      const taken = knownAs === null ? fact : { ...(fact as Fact & (CommandFact | TicketFact)), knownAs }
      state = knownAs === null ? step.state : trial(taken as Fact).state
      return taken as typeof fact
    },
  }

  function knownId({ effects }: Step): string | null {
    for (const { id } of effects) {
      const known = replay?.escalationOf(id)
      if (known) return known
    }
    return null
  }
}
