import type { Author, Standing } from '../../core/escalation/facts.ts'
import { type Escalation, presentHandOver } from '../../core/escalation/state.ts'
import type { Contact } from '../../core/policy/notification-policy.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Group } from '../zendesk/people.ts'

/** Somebody as Zendesk knows them, with their groups. */
export type Member = { author: Author; email: string | null }

/**
 * What somebody is to an escalation. People of the policy are known by their Zendesk id or address, never by a name that
 * anybody may give themselves.
 *
 * @param open null when there is none, to which nobody is anything but an admin
 */
export function standingIn(
  { author, email }: Member,
  open: Escalation | null,
  groups: readonly Group[],
  policy: Policy,
): Standing {
  const isAdmin = author.role === 'admin'
  if (!open) return { isReceiver: false, isEscalator: false, isLead: false, isAdmin, isApprover: false }
  const isIn = (name: string | null) =>
    groups.some((group) => group.name === name && author.groupIds.includes(group.id))
  const isOneOf = (contacts: readonly Contact[]) => contacts.some((contact) => isSamePerson(contact, author, email))
  return {
    isReceiver: isIn(open.decision.group) || open.owner?.id === author.id,
    isEscalator: open.requestedBy.id === author.id || isIn(open.from.groupName) || policy.escalators.some(isIn),
    isLead: isOneOf(leadsOf(open, policy)),
    isAdmin,
    isApprover: open.approval !== null && isNamed(open.approval.of),
  }

  /** A rule names a role, a group of Zendesk's, somebody's address, or somebody whom the policy lists. */
  function isNamed(name: string): boolean {
    if (isIn(name) || isSame(name, email)) return true
    const { roles, people } = policy.notifications
    const role = Object.keys(roles).find((one) => isSame(one.replaceAll('_', ' '), name.replaceAll('_', ' ')))
    const byName = [...people, ...policy.onCall.people.map(asContact)].filter((person) => isSame(person.name, name))
    return isOneOf([...byName, ...(role ? roles[role]!.map(({ contact }) => contact) : [])])
  }
}

function leadsOf(open: Escalation, { notifications }: Policy): Contact[] {
  const { tier, queue } = presentHandOver(open)
  const { severity } = open.decision
  const isAmong = <T>(list: readonly T[], item: T) => list.length === 0 || list.includes(item)
  return ['tier_lead', `tier${tier}_lead`]
    .flatMap((role) => notifications.roles[role] ?? [])
    .filter(({ queues, tiers, severities }) => {
      return isAmong(queues, queue) && isAmong(tiers, tier) && isAmong(severities, severity)
    })
    .map(({ contact }) => contact)
}

function isSamePerson(contact: Contact, { id }: Author, email: string | null): boolean {
  return contact.zendesk === id || isSame(contact.email, email)
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase()
}

function asContact({ email, name }: { email: string; name: string }): Contact {
  return { name, email, slack: null, zendesk: null }
}
