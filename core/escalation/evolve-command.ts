import { amend } from './amend.ts'
import { escalate } from './escalate.ts'
import type { CommandFact, Means } from './facts.ts'
import { readCommand } from './read-command.ts'
import { refuse } from './refuse.ts'
import { objectionTo } from './standing.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * Carries out a command or refuses it with a visible reason. A command whose id is known changes nothing, however
 * often it arrives.
 */
export function evolveCommand(state: TicketState, fact: CommandFact, means: Means): Step {
  const commandId = commandIdOf(fact)
  if (state.commands.includes(commandId)) return unchanged(state)
  const known = { ...state, commands: [...state.commands, commandId] }

  const objection = objectionTo(fact.author, fact.allowedGroupIds)
  if (objection) return refuse(known, fact, commandId, objection)

  const command = readCommand(fact, commandId, state.ticketId)
  if ('reason' in command) return refuse(known, fact, commandId, command)

  return fact.envelope?.verb === 'amend' ? amend(known, fact, command, means) : escalate(known, fact, command, means)
}

/** A note written without the app has no command id of its own: its audit stands in. */
function commandIdOf({ envelope, auditId }: CommandFact): string {
  return envelope?.id ?? `audit-${auditId}`
}
