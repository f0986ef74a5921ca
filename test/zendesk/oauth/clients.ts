import { json, Router } from 'express'
import type { OAuthClient } from '../state/model.ts'
import type { World } from '../world.ts'
import { admit } from './authenticate.ts'
import { recordInvalid, recordNotFound, refuse } from './refusals.ts'

/** Local OAuth clients; only admins see and make them. */
export function clientRoutes(world: World): Router {
  const router = Router()

  router.get('/api/v2/oauth/clients{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'oauth_clients', access: 'read', role: 'admin' })) return
    const clients = Object.values(world.state.oauth_clients).map((client) => showClient(client))
    res.json({ clients, count: clients.length, next_page: null, previous_page: null })
  })

  router.post('/api/v2/oauth/clients{.json}', json(), (req, res) => {
    const caller = admit(world, req, res, { resource: 'oauth_clients', access: 'write', role: 'admin' })
    if (!caller) return
    const asked = req.body?.client ?? {}
    const problems = problemsOf(world, asked)
    if (Object.keys(problems).length > 0) return refuse(res, recordInvalid(problems))
    const client: OAuthClient = {
      id: world.nextId('oauth_client'),
      name: asked.name,
      identifier: asked.identifier,
      secret: world.nextToken(64),
      user_id: asked.user_id ?? caller.user.id,
      redirect_uris: redirectUris(asked.redirect_uri),
      kind: asked.kind ?? 'confidential',
    }
    world.state.oauth_clients[client.id] = client
    // The whole secret is shown this once.
    res.status(201).json({ client: { ...showClient(client), secret: client.secret } })
  })

  router.delete('/api/v2/oauth/clients/:id{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'oauth_clients', access: 'write', role: 'admin' })) return
    const client = world.state.oauth_clients[Number(req.params.id)]
    if (!client) return refuse(res, recordNotFound)
    delete world.state.oauth_clients[client.id]
    for (const token of Object.values(world.state.oauth_tokens)) {
      if (token.client_id === client.id) token.revoked = true
    }
    res.status(204).end()
  })

  return router
}

function problemsOf(world: World, asked: Record<string, unknown>): Record<string, string[]> {
  const problems: Record<string, string[]> = {}
  if (typeof asked.name !== 'string' || !asked.name.trim()) problems.name = ['Name: cannot be blank']
  if (typeof asked.identifier !== 'string' || !asked.identifier.trim()) {
    problems.identifier = ['Unique identifier: cannot be blank']
  } else if (Object.values(world.state.oauth_clients).some((client) => client.identifier === asked.identifier)) {
    problems.identifier = [`Unique identifier: ${asked.identifier} is already taken`]
  }
  if (asked.kind !== undefined && asked.kind !== 'confidential' && asked.kind !== 'public') {
    problems.kind = ['Kind: is invalid']
  }
  if (asked.user_id !== undefined && !world.state.users[Number(asked.user_id)]) problems.user = ['User: is invalid']
  const bad = redirectUris(asked.redirect_uri).filter((uri) => !isRedirect(uri))
  if (bad.length > 0) problems.redirect_uri = ['Redirect URL: must be an absolute https URL']
  return problems
}

function redirectUris(value: unknown): string[] {
  const list = Array.isArray(value) ? value : String(value ?? '').split(/\s+/)
  return list.map(String).filter(Boolean)
}

/** Redirects go to https, or to this machine while developing. */
function isRedirect(text: string): boolean {
  const url = URL.parse(text)
  if (!url) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
}

function showClient(client: OAuthClient) {
  return {
    id: client.id,
    name: client.name,
    identifier: client.identifier,
    kind: client.kind,
    user_id: client.user_id,
    redirect_uri: client.redirect_uris,
    secret: `${client.secret.slice(0, 9)}…`,
    global: false,
  }
}
