import type { Answer, CommandName } from '../command/forms.ts'
import type { EscalationEvent } from './events.ts'
import type { Means, SaidFact } from './facts.ts'
import type { Person } from './life-state.ts'
import { momentOf } from './moments.ts'
import type { Objection } from './standing.ts'
import type { Escalation, Moment, TicketState } from './state.ts'
import type { Step } from './step.ts'

/** Something a person said that may be said here and now. */
export type SaidHere<N extends CommandName> = {
  /** Of the command. */
  id: string
  fact: SaidFact
  answer: Answer<N>
  open: Escalation
  by: Person
  moment: Moment
  means: Means
}

/** Somebody doing something to an escalation, by saying so or by moving the ticket. */
export type Doing = Pick<SaidHere<CommandName>, 'open' | 'by' | 'moment'> & { fact: Pick<SaidFact, 'at' | 'auditId'> }

/** Carries out one command, or says what is wrong with it. */
export type CarryOut<N extends CommandName> = (state: TicketState, said: SaidHere<N>) => Step | Objection

export function saidHere<N extends CommandName>(
  id: string,
  fact: SaidFact,
  answer: Answer<N>,
  open: Escalation,
  means: Means,
): SaidHere<N> {
  const { author } = fact
  return { id, fact, answer, open, by: { id: author.id, name: author.name }, moment: momentOf(fact), means }
}

type Common = 'at' | 'escalationId' | 'by' | 'auditId'
export type EventBody = EscalationEvent extends infer E ? (E extends unknown ? Omit<E, Common> : never) : never

/** What came of it, for the record. */
export function recordedAs({ fact, open, by }: Pick<Doing, 'fact' | 'open' | 'by'>, body: EventBody): EscalationEvent {
  return { at: fact.at, escalationId: open.id, by, auditId: fact.auditId, ...body } as EscalationEvent
}

export function isObjection(answer: object): answer is Objection {
  return 'reason' in answer && 'detail' in answer
}
