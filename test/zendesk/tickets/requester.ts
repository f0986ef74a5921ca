import { addProblem } from '../http/refused.ts'
import { newUser } from '../people/new-user.ts'
import type { User } from '../state/model.ts'
import type { Draft } from './apply.ts'
import type { TicketChanges } from './changes.ts'

/** The requester a write names, made when it brings a new address; null when it names none. */
export function findRequester({ world, problems, undo }: Draft, changes: TicketChanges): User | null {
  const { state } = world
  if (changes.requester_id !== undefined && changes.requester_id !== null) {
    const user = state.users[Number(changes.requester_id)]
    if (!user?.active) {
      addProblem(problems, 'requester', 'Requester: is invalid')
      return null
    }
    return user
  }
  const given = changes.requester
  if (given === undefined || given === null) return null
  const { email, name } = typeof given === 'string' ? { email: given, name: undefined } : given
  if (typeof email !== 'string' || !/^\S+@\S+$/.test(email)) {
    addProblem(problems, 'requester', 'Requester: Email: cannot be blank')
    return null
  }
  const known = Object.values(state.users).find((user) => user.email?.toLowerCase() === email.toLowerCase())
  if (known) return known
  if (!name && typeof given !== 'string') {
    addProblem(problems, 'requester', 'Requester: Name: is too short (minimum is 1 character)')
    return null
  }
  const made = newUser(world, { name: name ?? email, email })
  undo.push(() => delete state.users[made.id])
  return made
}
