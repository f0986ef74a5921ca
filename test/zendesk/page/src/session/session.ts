import { call, get, getAll } from '../api/http.ts'
import type { ApiField, ApiForm, ApiGroup, ApiMembership, ApiUser } from '../api/shapes.ts'

export type Person = {
  id: number
  name: string
  role: string
  is_light: boolean
  groups: string[]
}

/** Who acts, and everything of the account that changes rarely: read once per person. */
export type Session = {
  account: { subdomain: string; plan: string }
  people: Person[]
  me: ApiUser
  isLight: boolean
  agents: ApiUser[]
  groups: ApiGroup[]
  memberships: ApiMembership[]
  fields: ApiField[]
  organizationFields: ApiField[]
  forms: ApiForm[]
}

type SessionAnswer = { account: Session['account']; user_id: number | null; people: Person[] }

/** Opens the session of this browser; with nobody chosen yet, the first full agent starts. */
export async function openSession(): Promise<Session> {
  const answer = await get<SessionAnswer>('/agent/session')
  if (answer.user_id === null) {
    const first =
      answer.people.find((person) => person.role === 'agent' && !person.is_light) ?? answer.people.find(isAgent)
    if (!first) throw new Error('This account has no agent to act as. Seed the local Zendesk with at least one.')
    await actAs(first.id)
  }
  const [{ user: me }, agents, groups, memberships, fields, organizationFields, forms] = await Promise.all([
    get<{ user: ApiUser }>('/api/v2/users/me.json'),
    getAll<ApiUser>('/api/v2/users.json?role[]=agent&role[]=admin', 'users'),
    getAll<ApiGroup>('/api/v2/groups.json', 'groups'),
    getAll<ApiMembership>('/api/v2/group_memberships.json', 'group_memberships'),
    getAll<ApiField>('/api/v2/ticket_fields.json', 'ticket_fields'),
    getAll<ApiField>('/api/v2/organization_fields.json', 'organization_fields').catch(() => []),
    getAll<ApiForm>('/api/v2/ticket_forms.json', 'ticket_forms').catch(() => []),
  ])
  return {
    account: answer.account,
    people: answer.people,
    me,
    isLight: me.role_type === 1 || me.only_private_comments === true,
    agents: agents.filter((user) => user.role !== 'end-user'),
    groups: groups.filter((group) => !group.deleted),
    memberships,
    fields: fields.filter((field) => field.active).sort((a, b) => a.position - b.position),
    organizationFields,
    forms,
  }
}

/** Makes this browser act as that person. What is on the page has to be read again afterwards. */
export async function actAs(userId: number): Promise<void> {
  await call('POST', '/agent/session', { user_id: userId })
}

export function isAgent(person: Person): boolean {
  return person.role === 'agent' || person.role === 'admin'
}
