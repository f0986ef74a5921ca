import type { Author } from './facts.ts'

/** Why a person may not give commands, in a stable word and a sentence that says what to do. */
export type Objection = { reason: string; detail: string }

/** Answers null when the author may escalate. Roles and groups are Zendesk's own, read for the author of the audit. */
export function objectionTo(author: Author, allowedGroupIds: readonly number[]): Objection | null {
  if (author.role === 'end-user') {
    return {
      reason: 'not-an-agent',
      detail: 'Only agents can escalate a ticket. Ask an agent of this ticket to escalate it with Baton.',
    }
  }
  if (author.isLightAgent) {
    return {
      reason: 'light-agent',
      detail: 'Light agents cannot escalate a ticket. Ask a full agent to send the note.',
    }
  }
  if (allowedGroupIds.length > 0 && !author.groupIds.some((id) => allowedGroupIds.includes(id))) {
    return {
      reason: 'wrong-group',
      detail:
        'Agents of your groups may not escalate. Ask somebody whose group may, or ask an admin to add your group to the policy.',
    }
  }
  return null
}
