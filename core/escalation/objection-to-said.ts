import type { CommandName } from '../command/forms.ts'
import type { Stage } from '../contract/api.ts'
import type { SaidFact } from './facts.ts'
import { LIFE, type Part, partsFor } from './life.ts'
import { endOfTicket, objectionToEnd } from './read-said-fact.ts'
import type { Objection } from './standing.ts'
import { type Escalation, openEscalation, type TicketState } from './state.ts'
import { writeInstant } from './write-instant.ts'

/** Only people of ours say anything in an escalation; light agents only what approvers say. */
export function objectionToAuthor({ author, standing }: SaidFact, command: CommandName | null): Objection | null {
  if (author.role === 'end-user') {
    return { reason: 'not-an-agent', detail: 'Only agents can do this. Ask an agent of this ticket.' }
  }
  const isApproval = command === 'approve' || command === 'reject'
  if (author.isLightAgent && !(isApproval && standing.isApprover)) {
    return { reason: 'light-agent', detail: 'Light agents cannot do this. Ask a full agent.' }
  }
  return null
}

/** Whether there is anything to say it in; else why not. */
export function objectionToTicket(state: TicketState): Objection | null {
  const end = endOfTicket(state)
  if (end !== null) return objectionToEnd(end)
  if (openEscalation(state)) return null
  const last = state.escalations.at(-1)
  return {
    reason: 'nothing-open',
    detail: last
      ? `${last.id} ended on ${writeInstant(last.stageSince)}. Escalate the ticket again if it is needed.`
      : 'No escalation is open on this ticket. Escalate it first.',
  }
}

/** Whether this person may say it, and now; else why not. */
export function objectionToSaid(open: Escalation, command: CommandName, { standing }: SaidFact): Objection | null {
  const parts = partsFor(command, open.stage)
  if (!parts.some((part) => part === 'isAgent' || standing[part])) {
    return { reason: 'not-yours', detail: `Only ${listed(namesOf(parts))} can do this. ${whomToAsk(open)}` }
  }
  const { stages } = LIFE[command]
  if (stages.includes(open.stage)) return null
  const now = `${open.id} is ${open.stage} since ${writeInstant(open.stageSince)}${whoHasIt(open)}`
  return { reason: 'wrong-stage', detail: `${now}. This can be said while it is ${listed(stages)}.${hint(open.stage)}` }
}

const NAMES: Readonly<Record<Part, string>> = {
  isReceiver: 'people of the queue that has it',
  isEscalator: 'people who may escalate',
  isLead: 'the lead of the tier',
  isAdmin: 'admins',
  isApprover: 'those whose approval it waits for',
  isAgent: 'agents',
}

function namesOf(parts: readonly Part[]): string[] {
  return parts.map((part) => NAMES[part])
}

function whomToAsk({ decision, owner }: Escalation): string {
  return `Ask ${owner ? owner.name : `somebody of ${decision.queueName}`}.`
}

function whoHasIt({ owner }: Escalation): string {
  return owner ? `, with ${owner.name}` : ''
}

const HINTS: Readonly<Partial<Record<Stage, string>>> = {
  requested: ' Accept it first.',
  returned: ' It waits for its note to be completed.',
  resolved: ' De-escalate it, and escalate it again if the fix does not hold.',
  monitoring: ' De-escalate it, and escalate it again if the fix does not hold.',
}

function hint(stage: Stage): string {
  return HINTS[stage] ?? ''
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
