import type { Author } from '../../core/escalation/facts.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { User } from '../zendesk/people.ts'

/** Who made updates, as Zendesk knows them now; each is asked for once. */
export type People = {
  /** Without groups, which cost a call of their own; null for Zendesk's own system and for somebody who is gone. */
  authorOf(userId: number): Promise<Author | null>
  groupIdsOf(userId: number): Promise<number[]>
  /** Null as for `authorOf`, and for somebody without one. */
  emailOf(userId: number): Promise<string | null>
}

/** Somebody who is gone may not command, nor may Zendesk's system: both count as no agent. */
export function somebody(id: number): Author {
  return { id, name: 'somebody', role: 'end-user', isLightAgent: false, groupIds: [] }
}

/**
 * @param known users who came with the ticket
 * @param groupsKeptMs how old what is known of somebody's groups may be
 */
export function createPeople(zendesk: ZendeskClient, known: readonly User[], groupsKeptMs = 0): People {
  const users = new Map<number, Promise<User | null>>(known.map((user) => [user.id, Promise.resolve(user)]))
  const groupIds = new Map<number, Promise<number[] | null>>()
  return { authorOf, groupIdsOf, emailOf }

  async function authorOf(userId: number): Promise<Author | null> {
    const user = await userOf(userId)
    if (!user) return null
    const { id, name, role, isLightAgent } = user
    return { id, name, role, isLightAgent, groupIds: [] }
  }

  async function emailOf(userId: number): Promise<string | null> {
    return (await userOf(userId))?.email ?? null
  }

  async function userOf(userId: number): Promise<User | null> {
    // Zendesk's own changes have the author -1.
    if (userId <= 0) return null
    const answer = users.get(userId) ?? orNull(zendesk.getUser(userId))
    users.set(userId, answer)
    return answer
  }

  async function groupIdsOf(userId: number): Promise<number[]> {
    const answer = groupIds.get(userId) ?? orNull(zendesk.listGroupIdsOf(userId, groupsKeptMs))
    groupIds.set(userId, answer)
    return (await answer) ?? []
  }
}

/** Somebody who was deleted is not there, which says nothing about the ticket. */
function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof ZendeskError && error.failure === 'not-found') return null
    throw error
  })
}
