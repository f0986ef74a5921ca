import { z } from 'zod'
import { Refusal } from '../http/refusal.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { UserShape } from '../zendesk/shapes.ts'

const Answer = z.object({ users: z.array(UserShape) })

/**
 * The agent with this address who can be given a ticket of this group. Zendesk itself would move the ticket to another
 * group for one who is not in it, so that is refused.
 *
 * @throws {Refusal} 422 naming `update.owner`
 */
export async function findOwner(email: string, groupId: number | null, zendesk: ZendeskClient): Promise<number> {
  const query = new URLSearchParams({ query: `email:"${email.replaceAll('"', '')}"` })
  const { users } = await zendesk.get(`/api/v2/users/search.json?${query}`, Answer)
  const agent = users.find(
    (user) => user.role !== 'end-user' && user.email?.toLowerCase() === email.toLowerCase() && user.id !== null,
  )
  if (!agent) throw notAnOwner('No agent has this address')
  const isIn = groupId === null || (await zendesk.listGroupIdsOf(agent.id!)).includes(groupId)
  if (!isIn) throw notAnOwner('Is not in the group that has the ticket; hand it on in the ticket first')
  return agent.id!
}

function notAnOwner(message: string): Refusal {
  const details = [{ path: 'update.owner', message }]
  return new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
}
