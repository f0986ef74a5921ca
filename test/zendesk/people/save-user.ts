import { addProblem, notAllowed, type Problems, refuseIfAny } from '../http/refused.ts'
import type { User } from '../state/model.ts'
import { normaliseTags } from '../tickets/tags.ts'
import type { World } from '../world.ts'
import { newUser } from './new-user.ts'

/** What a request may set on a user as it comes. */
const TEXTS = ['name', 'locale', 'time_zone', 'iana_time_zone', 'phone', 'external_id', 'details', 'notes'] as const

/** What only admins may set. */
const ADMIN_KEYS = ['role', 'role_type', 'ticket_restriction', 'only_private_comments', 'suspended', 'default_group_id']

const ROLES = ['end-user', 'agent', 'admin']

/** Makes a user, or changes one. @throws {Refused} 403 for what the editor may not set, 422 for what is not valid */
export function saveUser(world: World, before: User | null, given: Record<string, unknown>, editor: User): User {
  const problems: Problems = {}
  const changesAdminKey = ADMIN_KEYS.some((key) => given[key] !== undefined && given[key] !== before?.[key as never])
  if (
    editor.role !== 'admin' &&
    (changesAdminKey || (before && before.role !== 'end-user' && before.id !== editor.id))
  ) {
    const isPlainEndUser = !before && (given.role ?? 'end-user') === 'end-user'
    if (!isPlainEndUser) throw notAllowed()
  }

  const changes: Partial<User> = {}
  for (const key of TEXTS) if (given[key] !== undefined) Object.assign(changes, { [key]: given[key] })
  for (const key of ADMIN_KEYS) if (given[key] !== undefined) Object.assign(changes, { [key]: given[key] })
  if (given.email !== undefined) changes.email = String(given.email)
  if (given.tags !== undefined) changes.tags = normaliseTags(given.tags)
  if (given.user_fields) changes.user_fields = { ...before?.user_fields, ...(given.user_fields as object) }
  if (given.organization_id !== undefined) changes.organization_id = given.organization_id as number | null

  if (String(changes.name ?? before?.name ?? '').trim() === '') {
    addProblem(problems, 'name', { description: 'Name: is too short (minimum is 1 character)', error: 'BlankValue' })
  }
  if (changes.role && !ROLES.includes(changes.role)) addProblem(problems, 'role', 'Role: is invalid')
  if (changes.organization_id && !world.state.organizations[changes.organization_id]) {
    addProblem(problems, 'organization', 'Organization: is invalid')
  }
  const email = (changes.email ?? before?.email ?? '').toLowerCase()
  const isTaken = Object.values(world.state.users).some(
    (user) => user.active && user.id !== before?.id && email !== '' && user.email?.toLowerCase() === email,
  )
  if (isTaken) {
    const description = `Email: ${email} is already being used by another user`
    addProblem(problems, 'email', { description, error: 'DuplicateValue' })
  }
  refuseIfAny(problems)

  if (!before) return newUser(world, { ...changes, name: String(changes.name), email })
  return Object.assign(before, changes, { updated_at: world.clock.now() })
}
