import type { CommandName, Said } from '../command/forms.ts'
import type { Means, SaidFact } from './facts.ts'
import { objectionToAuthor, objectionToSaid, objectionToTicket } from './objection-to-said.ts'
import { readSaidFact, saidIdOf } from './read-said-fact.ts'
import { refuse } from './refuse.ts'
import { type CarryOut, isObjection, saidHere } from './said.ts'
import { acceptSaid } from './said-accept.ts'
import { approve, reject } from './said-approval.ts'
import { decideRelease, fixAvailable, linkIssue } from './said-engineering.ts'
import { deescalate, resolve } from './said-finish.ts'
import { handOn } from './said-hand-on.ts'
import { returnIt } from './said-return.ts'
import { sameProblem, stopAsSame } from './said-same-problem.ts'
import { askHelp, hadToAsk, reportProgress } from './said-work.ts'
import { openEscalation, type TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

const CARRY_OUT: { [N in CommandName]: CarryOut<N> } = {
  accept: acceptSaid,
  return: returnIt,
  'ask-help': askHelp,
  'had-to-ask': hadToAsk,
  progress: reportProgress,
  'hand-on': handOn,
  'link-issue': linkIssue,
  'decide-release': decideRelease,
  'fix-available': fixAvailable,
  resolve,
  deescalate,
  'same-problem': sameProblem,
  approve,
  reject,
}

/**
 * Carries out what a person said after the note, or refuses it with a visible reason. One whose id is known changes
 * nothing, however often it arrives.
 */
export function evolveSaid(state: TicketState, fact: SaidFact, means: Means): Step {
  const id = saidIdOf(fact)
  if (state.commands.includes(id)) return unchanged(state)
  const known = { ...state, commands: [...state.commands, id] }

  const { reading } = fact
  const authorObjection = objectionToAuthor(fact, reading.ok ? reading.said.command : null)
  if (authorObjection) return refuse(known, fact, id, authorObjection)
  const said = readSaidFact(fact, state.ticketId)
  if (isObjection(said)) return refuse(known, fact, id, said)

  const open = openEscalation(known)
  if (!open && said.command === 'same-problem') {
    const answer = stopAsSame(known, fact, id, said.answer)
    return isObjection(answer) ? refuse(known, fact, id, answer) : answer
  }
  const objection = objectionToTicket(known) ?? objectionToSaid(open!, said.command, fact)
  if (objection) return refuse(known, fact, id, objection)
  const answer = carryOut(known, said)
  return isObjection(answer) ? refuse(known, fact, id, answer) : answer

  function carryOut(from: TicketState, { command, answer: given }: Said) {
    return (CARRY_OUT[command] as CarryOut<CommandName>)(from, saidHere(id, fact, given, open!, means))
  }
}
