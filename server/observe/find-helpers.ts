import { z } from 'zod'
import type { Helper } from '../../core/escalation/life-state.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { UserShape } from '../zendesk/shapes.ts'

const Answer = z.object({ users: z.array(UserShape) })

/** More are asked for by hand. */
const MOST_LOOKED_UP = 20

/** Looks people up whom somebody named by name or address: one that is not exactly one agent keeps the name alone. */
export async function findHelpers(names: readonly string[], zendesk: Pick<ZendeskClient, 'get'>): Promise<Helper[]> {
  const wanted = [...new Set(names.map((name) => name.trim()).filter(Boolean))]
  const helpers = await Promise.all(
    wanted.map((name, index) => (index < MOST_LOOKED_UP ? find(name, zendesk) : { id: null, name })),
  )
  return helpers.filter(({ id }, index) => id === null || helpers.findIndex((helper) => helper.id === id) === index)
}

async function find(name: string, zendesk: Pick<ZendeskClient, 'get'>): Promise<Helper> {
  // Words that Zendesk's search would take for conditions are looked for as words.
  const query = name.replaceAll(/[":*<>]/g, ' ')
  const { users } = await zendesk.get(`/api/v2/users/search.json?${new URLSearchParams({ query })}`, Answer)
  const agents = users.filter(({ id, role }) => id !== null && (role === 'agent' || role === 'admin'))
  const isMeant = (text: string | null | undefined) => text?.toLowerCase() === name.toLowerCase()
  const exactly = agents.filter((user) => isMeant(user.name) || isMeant(user.email))
  const [found, ...others] = exactly.length > 0 ? exactly : agents
  return found && others.length === 0 ? { id: found.id, name: found.name ?? name } : { id: null, name }
}
