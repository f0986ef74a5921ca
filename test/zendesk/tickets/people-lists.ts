import type { User } from '../state/model.ts'
import type { World } from '../world.ts'
import type { Draft } from './apply.ts'
import type { PersonDelta, TicketChanges } from './changes.ts'

/** Zendesk sends notices to no more than this many. */
const MOST_CCS = 48

/** Followers are agents; `followers` puts and deletes. */
export function setFollowers({ world, ticket }: Draft, changes: TicketChanges): void {
  ticket.follower_ids = applyDeltas(world, ticket.follower_ids, changes.followers, (user) => user.role !== 'end-user')
}

/** `email_ccs` puts and deletes; `collaborators` and `collaborator_ids` replace; `additional_collaborators` adds. */
export function setEmailCcs({ world, ticket }: Draft, changes: TicketChanges): void {
  const replaced = changes.collaborator_ids ?? changes.collaborators
  if (replaced !== undefined) ticket.email_cc_ids = findPeople(world, replaced)
  if (changes.additional_collaborators !== undefined) {
    ticket.email_cc_ids = [...ticket.email_cc_ids, ...findPeople(world, changes.additional_collaborators)]
  }
  ticket.email_cc_ids = applyDeltas(world, ticket.email_cc_ids, changes.email_ccs, () => true)
  ticket.email_cc_ids = [...new Set(ticket.email_cc_ids)].slice(0, MOST_CCS)
  ticket.collaborator_ids = [...new Set([...ticket.email_cc_ids, ...ticket.follower_ids])]
}

function applyDeltas(
  world: World,
  ids: number[],
  deltas: PersonDelta[] | undefined,
  takes: (user: User) => boolean,
): number[] {
  let result = ids
  for (const delta of Array.isArray(deltas) ? deltas : []) {
    const user = findPerson(world, delta.user_id ?? delta.user_email)
    if (!user || !takes(user)) continue
    result = result.filter((id) => id !== user.id)
    if (delta.action !== 'delete') result = [...result, user.id]
  }
  return result
}

function findPeople(world: World, given: unknown): number[] {
  const people = Array.isArray(given) ? given : []
  return people.flatMap((one) => findPerson(world, typeof one === 'object' ? one?.email : one)?.id ?? [])
}

function findPerson(world: World, who: unknown): User | undefined {
  if (/^\d+$/.test(String(who))) return world.state.users[Number(who)]
  const email = String(who).toLowerCase()
  return Object.values(world.state.users).find((user) => user.email?.toLowerCase() === email)
}
