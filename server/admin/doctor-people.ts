import { z } from 'zod'
import type { Contact } from '../../core/policy/notification-policy.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { Finding } from './doctor.ts'
import type { AdminApi } from './inventory.ts'

const Users = z.object({
  users: z.array(
    z.object({
      id: z.int(),
      name: z.string().nullish(),
      email: z.string().nullish(),
      role: z.string(),
      active: z.boolean().default(true),
      suspended: z.boolean().nullish(),
    }),
  ),
})
type User = z.infer<typeof Users>['users'][number]

/** More at once are refused. Source: https://developer.zendesk.com/api-reference/ticketing/users/users/#show-many-users */
const AT_ONCE = 100

/**
 * Compares people whom the policy gives an id in Zendesk with who they are there, whether they hold a role or are on call. Those
 * without an id may be anybody, so nothing is said of them.
 */
export async function peopleFindings(policy: Policy, api: AdminApi): Promise<Finding[]> {
  const people = contactsOf(policy)
  if (people.length === 0) return []
  const users = new Map<number, User>()
  const ids = [...new Set(people.map(({ zendesk }) => zendesk))]
  try {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE).join(',')
      const found = await api.get(`/api/v2/users/show_many.json?ids=${some}`, Users)
      for (const user of found.users) users.set(user.id, user)
    }
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    const advice = 'Zendesk does not show its users now; run this again.'
    return [{ level: 'warning', title: 'People of the policy', advice }]
  }
  const wrong = people.flatMap((person) => compare(person, users.get(person.zendesk)))
  if (wrong.length > 0) return wrong
  return [{ level: 'ok', title: `${ids.length} people of the policy are who they are in Zendesk`, advice: null }]
}

type Known = Contact & { zendesk: number; isOnCall: boolean }

function contactsOf({ notifications, onCall }: Policy): Known[] {
  const holders = Object.values(notifications.roles).flatMap((some) => some.map(({ contact }) => contact))
  const addresses = new Set(onCall.people.map(({ email }) => email.toLowerCase()))
  const known = [...notifications.people, ...holders].flatMap((contact): Known[] => {
    const { zendesk, email } = contact
    return zendesk === null ? [] : [{ ...contact, zendesk, isOnCall: addresses.has(email?.toLowerCase() ?? '') }]
  })
  return [...new Map(known.map((one) => [`${one.zendesk}/${one.email}`, one])).values()]
}

function compare({ name, email, zendesk, isOnCall }: Known, user: User | undefined): Finding[] {
  const who = `${name} (Zendesk ${zendesk}${isOnCall ? ', on call' : ''})`
  const wrong = (what: string, advice: string): Finding[] => [{ level: 'warning', title: `${who} ${what}`, advice }]
  if (!user?.active) return wrong('is no user of Zendesk any more', 'Take them out of the policy, or correct their id.')
  if (user.suspended) return wrong('is suspended in Zendesk', 'Take them out of the policy, or lift the suspension.')
  if (user.role !== 'agent' && user.role !== 'admin') {
    return wrong('is no agent', 'Correct the id: it is that of somebody who cannot take a ticket.')
  }
  if (email !== null && user.email && email.toLowerCase() !== user.email.toLowerCase()) {
    return wrong('has another address in Zendesk', 'Correct the address in the policy: notices go to the one it names.')
  }
  return []
}
