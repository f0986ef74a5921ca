import { type Request, Router, urlencoded } from 'express'
import type { OAuthClient } from '../state/model.ts'
import type { World } from '../world.ts'
import { isSameOrigin, sessionUserId } from './authenticate.ts'
import { CODE_LIFE_MS, readScopes } from './grants.ts'

/** The consent page of the authorization code flow: who allows what to which client. */
export function consentRoutes(world: World): Router {
  const router = Router()

  router.get('/oauth/authorizations/new', (req, res) => {
    const request = readRequest(world, req.query)
    res.type('html').set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    if (typeof request === 'string')
      return res.status(400).send(page('Invalid Authorization Request', escapeHtml(request)))
    res.send(consentPage(world, request, sessionUserId(req)))
  })

  router.post('/oauth/authorizations', urlencoded({ extended: false }), (req: Request, res) => {
    res.type('html')
    if (!isSameOrigin(req)) return res.status(403).send(page('Forbidden', 'Consent is given on the page itself.'))
    const body = (req.body ?? {}) as Record<string, unknown>
    const request = readRequest(world, body)
    if (typeof request === 'string')
      return res.status(400).send(page('Invalid Authorization Request', escapeHtml(request)))
    const user = world.state.users[Number(body.user_id)]
    if (!user?.active || user.suspended || user.role === 'end-user') {
      return res.status(403).send(page('Forbidden', 'Choose the agent or admin who allows it.'))
    }

    const target = new URL(request.redirectUri)
    if (request.state !== null) target.searchParams.set('state', request.state)
    if (body.decision !== 'allow') {
      target.searchParams.set('error', 'access_denied')
      target.searchParams.set('error_description', 'The end-user or authorization server denied the request.')
      return res.redirect(302, target.href)
    }
    const code = world.nextToken(64)
    world.state.oauth_codes[code] = {
      code,
      client_id: request.client.id,
      user_id: user.id,
      redirect_uri: request.redirectUri,
      scopes: request.scopes,
      code_challenge: request.challenge,
      expires_at: world.clock.now() + CODE_LIFE_MS,
    }
    target.searchParams.set('code', code)
    res.redirect(302, target.href)
  })

  return router
}

type ConsentRequest = {
  client: OAuthClient
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: string | null
}

/** Reads the parameters of an authorization request; text says what is wrong with it. */
function readRequest(world: World, given: Record<string, unknown>): ConsentRequest | string {
  const client = Object.values(world.state.oauth_clients).find((one) => one.identifier === given.client_id)
  if (!client) return 'No such client'
  if (given.response_type !== 'code') return 'response_type must be code'
  // Compared as text: a trailing slash or another query is another address.
  const redirectUri = client.redirect_uris.find((uri) => uri === given.redirect_uri)
  if (!redirectUri) return 'Redirect URI does not match one of the registered URIs'
  if (typeof given.scope !== 'string' || !given.scope.trim()) return 'scope is missing'
  const challenge = typeof given.code_challenge === 'string' && given.code_challenge ? given.code_challenge : null
  if (challenge && given.code_challenge_method !== 'S256') return 'code_challenge_method must be S256'
  if (!challenge && client.kind === 'public') return 'code_challenge is required for public clients'
  const state = typeof given.state === 'string' ? given.state : null
  return { client, redirectUri, scopes: readScopes(given.scope), state, challenge }
}

function consentPage(world: World, request: ConsentRequest, actingId: number | null): string {
  const staff = Object.values(world.state.users).filter((user) => user.role !== 'end-user' && user.active)
  const options = staff.map(
    (user) =>
      `<option value="${user.id}"${user.id === actingId ? ' selected' : ''}>${escapeHtml(user.name)} (${user.role})</option>`,
  )
  const hidden = {
    client_id: request.client.identifier,
    response_type: 'code',
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    ...(request.state === null ? {} : { state: request.state }),
    ...(request.challenge === null ? {} : { code_challenge: request.challenge, code_challenge_method: 'S256' }),
  }
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  return page(
    `Allow ${escapeHtml(request.client.name)} to access your Zendesk account?`,
    `<p>It asks for: <strong>${escapeHtml(request.scopes.join(', '))}</strong></p>
<form method="post" action="/oauth/authorizations">${fields.join('')}
<p><label>As <select name="user_id">${options.join('')}</select></label></p>
<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:14px system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
</head><body><h1>${title}</h1>${body}</body></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
