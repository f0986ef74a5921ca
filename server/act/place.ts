import type { Effect, RouteTicket } from '../../core/escalation/effects.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { Group } from '../zendesk/people.ts'
import { Refused } from './refused.ts'

/** Where an effect takes a ticket, as far as there are the group and the person that it names. */
export type Place = {
  /** Null: it stays in its group. */
  group: Group | null
  assignee: number | null | 'keep'
  /** Whoever took the ticket over, to be assigned while nobody is. */
  owner: { id: number; groupIds: number[] } | null
  /** Said in the ticket: who or what is gone. */
  remark: string | null
}

const NOWHERE: Place = { group: null, assignee: 'keep', owner: null, remark: null }

/**
 * Looks up group and person. Where a ticket is to go on to, a missing group has to be mended first; where it goes back
 * to, the ticket stays where it is and says so, because the decision stands.
 */
export async function findPlace(effect: Effect, zendesk: ZendeskClient): Promise<Place> {
  if (effect.kind === 'show-stage') {
    const { owner } = effect
    return owner === undefined
      ? NOWHERE
      : { ...NOWHERE, owner: { id: owner, groupIds: await groupIdsOf(owner, zendesk) } }
  }
  if (effect.kind !== 'route-ticket') return NOWHERE
  // An effect that was kept before effects said so.
  const assignee = effect.assignee ?? (effect.group === null ? 'keep' : null)
  if (effect.group === null) return { ...NOWHERE, assignee }

  const group = await zendesk.findGroup(effect.group)
  if (!group) {
    if (goesBack(effect))
      return { ...NOWHERE, remark: `The group “${effect.group}” is gone, so the ticket stays where it is.` }
    throw new Refused(
      'group-missing',
      `Zendesk has no group named “${effect.group}”. An admin must create it, then send the note again.`,
    )
  }
  if (typeof assignee !== 'number') return { ...NOWHERE, group, assignee }
  if ((await groupIdsOf(assignee, zendesk)).includes(group.id)) return { ...NOWHERE, group, assignee }
  const name = await nameOf(assignee, zendesk)
  return { ...NOWHERE, group, assignee: null, remark: `${name} is no longer in ${group.name}, so nobody is assigned.` }
}

/** To those who escalated it, rather than to those who are to solve it. */
export function goesBack({ fields }: RouteTicket): boolean {
  return ['returned', 'closed', 'rejected'].includes(fields.stage ?? '')
}

function groupIdsOf(userId: number, zendesk: ZendeskClient): Promise<number[]> {
  return unlessGone(zendesk.listGroupIdsOf(userId), [])
}

async function nameOf(userId: number, zendesk: ZendeskClient): Promise<string> {
  return unlessGone(
    zendesk.getUser(userId).then(({ name }) => name),
    'Whoever had it before',
  )
}

function unlessGone<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return answer.catch((error: unknown) => {
    if (error instanceof ZendeskError && error.failure === 'not-found') return otherwise
    throw error
  })
}
