import type { User } from '../state/model.ts'

/** Users whose address is the query, or whose name or address begins with each of its words. */
export function findUsers(users: User[], query: string): User[] {
  const terms = query.match(/"[^"]*"|\S+/g)?.map((term) => term.replaceAll('"', '').toLowerCase()) ?? []
  if (terms.length === 0) return []
  return users.filter((user) => terms.every((term) => matches(user, term)))
}

function matches(user: User, term: string): boolean {
  const [, key, value] = /^(email|name|role|external_id|type):(.*)$/.exec(term) ?? []
  const email = (user.email ?? '').toLowerCase()
  if (key === 'type') return value === 'user'
  if (key === 'email') return email === value
  if (key === 'role') return user.role === value
  if (key === 'external_id') return user.external_id?.toLowerCase() === value
  const name = user.name.toLowerCase()
  if (key === 'name') return name.includes(value ?? '')
  return email.startsWith(term) || name.split(/\s+/).some((word) => word.startsWith(term))
}
