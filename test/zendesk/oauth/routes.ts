import { json, type Request, Router, urlencoded } from 'express'
import type { OAuthToken } from '../state/model.ts'
import type { World } from '../world.ts'
import { admit, authenticate } from './authenticate.ts'
import { clientRoutes } from './clients.ts'
import { consentRoutes } from './consent.ts'
import { type GrantRequest, grantTokens } from './grants.ts'
import { invalidToken, refuse } from './refusals.ts'

/** OAuth: consent, tokens and clients. Source: developer.zendesk.com, "OAuth tokens", "OAuth clients", grant type tokens. */
export function oauthRoutes(world: World): Router {
  const router = Router()

  router.post('/oauth/tokens{.json}', json(), urlencoded({ extended: false }), (req, res) => {
    const answer = grantTokens(world, (req.body ?? {}) as GrantRequest)
    if ('status' in answer) refuse(res, answer)
    else res.set('cache-control', 'no-store').json(answer)
  })

  router.get('/api/v2/oauth/tokens/current{.json}', (req, res) => {
    const token = currentToken(world, req)
    if (!token) return refuse(res, invalidToken)
    res.json({ token: showToken(token, baseUrl(req)) })
  })

  router.delete('/api/v2/oauth/tokens/current{.json}', (req, res) => {
    const token = currentToken(world, req)
    if (!token) return refuse(res, invalidToken)
    token.revoked = true
    res.status(204).end()
  })

  router.get('/api/v2/oauth/tokens{.json}', (req, res) => {
    const caller = admit(world, req, res, { resource: 'oauth_tokens', access: 'read' })
    if (!caller) return
    const mine = Object.values(world.state.oauth_tokens).filter(
      (token) => !token.revoked && token.user_id === caller.user.id,
    )
    res.json({ tokens: mine.map((token) => showToken(token, baseUrl(req))), count: mine.length })
  })

  router.use(consentRoutes(world))
  router.use(clientRoutes(world))
  return router
}

/** The live token a request carries. Any scope may look at and revoke its own token. */
function currentToken(world: World, req: Request): OAuthToken | undefined {
  const caller = authenticate(world, req)
  if (typeof caller === 'string' || caller.kind !== 'oauth') return undefined
  const value = req.get('authorization')?.split(/\s+/)[1]
  return Object.values(world.state.oauth_tokens).find((token) => token.token === value)
}

function showToken(token: OAuthToken, base: string) {
  return {
    id: token.id,
    url: `${base}/api/v2/oauth/tokens/${token.id}.json`,
    client_id: token.client_id,
    user_id: token.user_id,
    scopes: token.scopes,
    token: token.token.slice(0, 10),
    refresh_token: token.refresh_token?.slice(0, 10) ?? null,
    expires_at: token.expires_at === null ? null : seconds(token.expires_at),
    refresh_token_expires_at: token.refresh_expires_at === null ? null : seconds(token.refresh_expires_at),
  }
}

function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

function baseUrl(req: Request): string {
  return `${req.protocol}://${req.get('host')}`
}
