import type { Author } from '../../core/escalation/facts.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { User } from '../zendesk/people.ts'

/** What is said of people while one ticket is looked at, so that each is asked for once. */
export type People = { authorOf(userId: number): Promise<Author>; nameOf(userId: number): Promise<Author | null> }

/**
 * Looks up who made an update, as Zendesk knows them now: role from the user record, groups from the memberships.
 *
 * @param known users who came with the ticket
 */
export function createPeople(zendesk: ZendeskClient, known: readonly User[]): People {
  const authors = new Map<number, Promise<Author>>()
  const users = new Map<number, Promise<User | null>>(known.map((user) => [user.id, Promise.resolve(user)]))
  return { authorOf, nameOf }

  function authorOf(userId: number): Promise<Author> {
    const author = authors.get(userId) ?? readAuthor(userId)
    authors.set(userId, author)
    return author
  }

  /** Without groups, which only commands need; null for Zendesk's own system. */
  async function nameOf(userId: number): Promise<Author | null> {
    const user = userId > 0 ? await readUser(userId) : null
    return user && asAuthor(user, [])
  }

  async function readAuthor(userId: number): Promise<Author> {
    const user = userId > 0 ? await readUser(userId) : null
    // Somebody who is gone may not command; nor may the system.
    if (!user) return { id: userId, name: 'somebody', role: 'end-user', isLightAgent: false, groupIds: [] }
    return asAuthor(user, user.role === 'end-user' ? [] : ((await orNull(zendesk.listGroupIdsOf(userId))) ?? []))
  }

  function readUser(userId: number): Promise<User | null> {
    const user = users.get(userId) ?? orNull(zendesk.getUser(userId))
    users.set(userId, user)
    return user
  }
}

/** Somebody who was deleted is not there, which says nothing about the ticket. */
function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof ZendeskError && error.failure === 'not-found') return null
    throw error
  })
}

function asAuthor({ id, name, role, isLightAgent }: User, groupIds: number[]): Author {
  return { id, name, role, isLightAgent, groupIds }
}
