import type { Contact } from '../../core/policy/notification-policy.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { User } from '../zendesk/people.ts'

/** What somebody may see on the page: agents no reports about people, leads and admins all. */
export type DeskRole = 'agent' | 'lead' | 'admin'

/** Who uses the page: proven by Zendesk's signature, the role read over its API. */
export type DeskPerson = { id: number; name: string; role: DeskRole }

/** How they like dates and words; null where Zendesk does not say. */
export type DeskUser = DeskPerson & { locale: string | null; timeZone: string | null }

/** Roles of a policy whose holders answer for other people's work. */
const LEADING = /(^|_)(lead|manager|director|vp|executive)$/

/** Null for somebody who is no agent, or is gone. */
export async function readPerson(
  userId: number,
  zendesk: Pick<ZendeskClient, 'getUser'>,
  policy: Policy,
): Promise<DeskUser | null> {
  try {
    const user = await zendesk.getUser(userId)
    if (user.role === 'end-user') return null
    return { id: user.id, name: user.name, role: roleOf(user, policy), locale: user.locale, timeZone: user.timeZone }
  } catch (error) {
    if (error instanceof ZendeskError && error.failure === 'not-found') return null
    throw error
  }
}

/** Leads are whom the policy lists as such, by their Zendesk id or address. */
export function roleOf(user: Pick<User, 'id' | 'email' | 'role'>, { notifications }: Policy): DeskRole {
  if (user.role === 'admin') return 'admin'
  const leaders = Object.entries(notifications.roles).flatMap(([role, holders]) => (LEADING.test(role) ? holders : []))
  return leaders.some(({ contact }) => isSame(contact, user)) ? 'lead' : 'agent'
}

function isSame({ zendesk, email }: Contact, user: Pick<User, 'id' | 'email'>): boolean {
  if (zendesk !== null) return zendesk === user.id
  return email !== null && user.email !== null && email.trim().toLowerCase() === user.email.trim().toLowerCase()
}
