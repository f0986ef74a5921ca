import type { Scope } from '../../../server/http/api-key-scopes.ts'
import type { ApiKey } from '../../../server/http/api-keys.ts'
import { createApiKeys } from '../../../server/http/api-keys.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'

/** A program with a key. */
export type Bot = {
  key: ApiKey
  get(path: string): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** One of the five actions, with its answer's status and body. */
  act(action: string, parameters: unknown, headers?: Record<string, string>): Promise<Answer>
}

export type Answer = { status: number; body: Record<string, never> & { [key: string]: unknown } }

let made = 0

export async function aBot(
  world: Pick<TestWorld, 'baton' | 'context'>,
  scopes: Scope[] = ['read', 'write'],
  name = `Bot ${++made}`,
): Promise<Bot> {
  const { context } = world
  const { key, text } = await createApiKeys(context).create(context.account.id, { name, scopes, expiresAt: null })
  const authorization = `Bearer ${text}`
  return { key, get, post, act }

  function get(path: string): Promise<Response> {
    return fetch(`${world.baton.url}/api/v1${path}`, { headers: { authorization } })
  }

  function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${world.baton.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async function act(action: string, parameters: unknown, headers?: Record<string, string>): Promise<Answer> {
    const answer = await post(`/skill/${action}`, parameters, headers)
    return { status: answer.status, body: (await answer.json()) as Answer['body'] }
  }
}

/** A ticket that Ana has escalated to the specialists for identity. */
export async function escalated(world: TestWorld, note = aNote()): Promise<{ ticketId: number; id: string }> {
  const { id: ticketId } = world.newTicket()
  const sent = await world.agent('Ana').send(ticketId, note)
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  await world.settle()
  const { escalation } = await world.view(ticketId)
  return { ticketId, id: escalation!.id }
}

/** The same, accepted by Elif. */
export async function accepted(world: TestWorld, note = aNote()): Promise<{ ticketId: number; id: string }> {
  const one = await escalated(world, note)
  const said = await world.agent('Elif').say(one.ticketId, 'accept')
  if (said.kind !== 'sent') throw new Error(JSON.stringify(said))
  await world.settle()
  return one
}

export { startWorld, type TestWorld }
