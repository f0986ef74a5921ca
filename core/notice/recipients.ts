import type { EscalationEvent } from '../escalation/events.ts'
import { type Escalation, presentPlan } from '../escalation/state.ts'
import type { Contact, Selector } from '../policy/notification-policy.ts'
import type { Policy } from '../policy/policy.ts'
import type { Recipient } from './notice.ts'

/** Somebody Zendesk may know. */
type Named = { id: number | null; name: string }

/** What of an escalation says who holds a role now. */
export type Roles = { event: EscalationEvent; escalation: Escalation; policy: Policy }

/** Everybody who holds a role for this escalation; empty when nobody does. */
export function holdersOf(role: string, at: Roles): Recipient[] {
  return contactsOf(role, at).map((contact) => ({ role, contact }))
}

function contactsOf(role: string, { event, escalation, policy }: Roles): Contact[] {
  if (role === 'on_call') return onCall(event, escalation).map((email) => byEmail(email, policy))
  if (role === 'owner') return escalation.owner ? [byName(escalation.owner, policy)] : []
  if (role === 'helpers') return escalation.helpers.map((helper) => byName(helper, policy))
  if (role === 'escalator') return [byName(escalation.requestedBy, policy)]
  const { roles } = policy.notifications
  const named = role === 'tier_lead' ? [role, `tier${escalation.decision.tier}_lead`] : [role]
  return named
    .flatMap((name) => (Object.hasOwn(roles, name) ? roles[name]! : []))
    .filter((holder) => fits(holder, escalation) && isOfAccount(holder.accounts, escalation))
    .map(({ contact }) => complete(contact, policy))
}

/** Whether something of the policy is meant for this escalation. */
export function fits({ queues, tiers, severities }: Selector, { decision }: Escalation): boolean {
  const isAmong = <T>(list: readonly T[], item: T) => list.length === 0 || list.includes(item)
  return isAmong(queues, decision.queue) && isAmong(tiers, decision.tier) && isAmong(severities, decision.severity)
}

function isOfAccount(accounts: readonly string[], { note }: Escalation): boolean {
  const account = note.customer_context.account.trim().toLowerCase()
  return accounts.length === 0 || accounts.some((name) => name.trim().toLowerCase() === account)
}

/** Whom this step tells, or whoever would be told first. */
function onCall(event: EscalationEvent, escalation: Escalation): string[] {
  if (event.kind === 'on-call-told') return event.told.map(({ person }) => person)
  const step = presentPlan(escalation).onCall.find(({ told }) => told.length > 0)
  return step ? step.told.map(({ person }) => person) : []
}

function byEmail(email: string, { notifications, onCall: { people } }: Policy): Contact {
  const known = notifications.people.find((person) => person.email === email)
  const name = people.find((person) => person.email === email)?.name ?? email
  return known ?? { name, email, slack: null, zendesk: null }
}

function byName({ id, name }: Named, { notifications }: Policy): Contact {
  const known = notifications.people.find(
    (person) => (id !== null && person.zendesk === id) || (person.zendesk === null && person.name === name),
  )
  return known ?? { name, email: null, slack: null, zendesk: id }
}

/** The list of people may know more of somebody than the role says. */
function complete(contact: Contact, { notifications }: Policy): Contact {
  const known = notifications.people.find(({ email }) => email !== null && email === contact.email)
  if (!known) return contact
  const hasOwnName = contact.name !== contact.email
  return { ...known, name: hasOwnName ? contact.name : known.name, slack: contact.slack ?? known.slack }
}
