import { type DeskRole, readPerson } from '../../server/desk/person.ts'
import { issueToken } from '../../server/desk/session.ts'
import { installApp } from '../zendesk/apps/installations.ts'
import { signLocation } from '../zendesk/page/signed-url.ts'
import type { User } from '../zendesk/state/model.ts'
import type { World } from '../zendesk/world.ts'
import type { LocalBaton } from './local-baton.ts'

/** Somebody at the page in the navigation bar. */
export type AtDesk = {
  role: DeskRole
  token: string
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The body of a good answer. */
  read<T>(path: string, init?: RequestInit): Promise<T>
}

/**
 * Signs somebody of the company in at the page, by the beginning of their name, with the token and the role they would
 * get. The way through Zendesk's signature has tests of its own (`test/server/desk/sign-in.test.ts`).
 */
export async function signInAtDesk({ zendesk, baton, context }: LocalBaton, name: string): Promise<AtDesk> {
  const { account, clock } = context
  const user = userCalled(zendesk.world, name)
  const person = await readPerson(user.id, await context.zendeskFor(account.id), await context.policyFor(account.id))
  if (!person) throw new Error(`${name} is no agent`)
  const { token } = await issueToken({ account, person, signedInAt: clock.now() }, context)
  return { role: person.role, token, ask, read }

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers }
    return fetch(baton.url + path, { ...init, headers })
  }

  async function read<T>(path: string, init?: RequestInit): Promise<T> {
    const answer = await ask(path, init)
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

/** What Zendesk posts when this person chooses the app in the navigation bar. */
export async function signedToken({ zendesk, baton }: LocalBaton, name: string, location = 'nav_bar'): Promise<string> {
  const { world } = zendesk
  const installationId = installationOf(world, baton.url)
  return (await signLocation(world, userCalled(world, name), { installationId, location }))!
}

export async function openDesk({ baton }: Pick<LocalBaton, 'baton'>, token: string | null): Promise<Response> {
  return fetch(`${baton.url}/desk`, { method: 'POST', body: new URLSearchParams(token === null ? {} : { token }) })
}

/** The installation whose setting names the server; made here when the app was not built. */
export function installationOf(world: World, serverUrl: string): number {
  const found = Object.values(world.state.installations).find(({ settings }) => settings.server_url === serverUrl)
  return found?.id ?? installBare(world, serverUrl)
}

/** An app of which nothing is there but its installation. */
export function installBare(world: World, serverUrl: string): number {
  const parameters = [{ name: 'server_url', type: 'url' }]
  const app = { id: world.nextId('app'), name: 'Bare', manifest: { parameters }, files: {} }
  world.state.apps[app.id] = app
  return installApp(world, app, { server_url: serverUrl }).id
}

function userCalled(world: World, name: string): User {
  const user = Object.values(world.state.users).find((one) => one.name.startsWith(name))
  if (!user) throw new Error(`Nobody at the company is called ${name}`)
  return user
}
