import type { Request, Response } from 'express'
import type { Instant } from '../../../core/units.ts'
import type { User } from '../state/model.ts'
import type { Caller, World } from '../world.ts'
import { forbidden, invalidToken, notAuthenticated, refuse } from './refusals.ts'
import { type Access, requireScope } from './scopes.ts'

export { requireScope } from './scopes.ts'

/** The cookie of the agent page's session; its value is the id of the acting user. */
export const SESSION_COOKIE = 'local_zendesk_agent'

/** Answered with every call that still uses an API token. */
export const DEPRECATION_HEADER = 'x-zendesk-api-token-deprecated'

/** The day on which API tokens stop. Source: developer.zendesk.com, oauth-migration. */
export const API_TOKENS_STOP_AT: Instant = Date.parse('2027-04-30T00:00:00Z')

export type AuthenticateOptions = {
  /** `flagged` (the default) accepts API tokens until they stop, and says so in a header; the others ignore the date. */
  apiTokens?: 'flagged' | 'accepted' | 'refused'
}

/**
 * Who makes a request, by bearer token, API token or the agent page's session.
 *
 * `invalid` and `expired` are credentials that were given and do not hold; `anonymous` is none given.
 */
export function authenticate(
  world: World,
  req: Request,
  options: AuthenticateOptions = {},
): Caller | 'anonymous' | 'invalid' | 'expired' {
  const authorization = req.get('authorization')
  if (!authorization) return bySession(world, req)
  const [scheme = '', credentials = ''] = authorization.trim().split(/\s+/, 2)
  if (scheme.toLowerCase() === 'bearer') return byToken(world, credentials)
  if (scheme.toLowerCase() === 'basic') return byApiToken(world, req, credentials, options.apiTokens ?? 'flagged')
  return 'invalid'
}

/**
 * The caller of a route, or null after the refusal was sent.
 *
 * @param need the scope the route asks of a token, and whether its user must be an admin or any agent
 */
export function admit(
  world: World,
  req: Request,
  res: Response,
  need: { resource: string; access: Access; role?: 'agent' | 'admin' },
): Caller | null {
  const caller = authenticate(world, req)
  if (caller === 'invalid' || caller === 'expired') {
    refuse(res, isBearer(req) ? invalidToken : notAuthenticated)
    return null
  }
  if (caller === 'anonymous') {
    refuse(res, notAuthenticated)
    return null
  }
  const missing = requireScope(caller, need.resource, need.access)
  if (missing) {
    refuse(res, missing)
    return null
  }
  if (!hasRole(caller.user, need.role ?? 'agent')) {
    refuse(res, forbidden)
    return null
  }
  return caller
}

function hasRole(user: User, role: 'agent' | 'admin'): boolean {
  return user.role === 'admin' || (role === 'agent' && user.role === 'agent')
}

function isBearer(req: Request): boolean {
  return /^bearer\b/i.test(req.get('authorization') ?? '')
}

function byToken(world: World, value: string): Caller | 'invalid' | 'expired' {
  const token = Object.values(world.state.oauth_tokens).find((candidate) => candidate.token === value)
  if (!token || token.revoked) return 'invalid'
  if (token.expires_at !== null && token.expires_at <= world.clock.now()) return 'expired'
  const user = usable(world, token.user_id)
  return user ? { user, scopes: token.scopes, kind: 'oauth' } : 'invalid'
}

function byApiToken(
  world: World,
  req: Request,
  credentials: string,
  mode: NonNullable<AuthenticateOptions['apiTokens']>,
): Caller | 'invalid' {
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  const [, email, token] = /^([^:]+)\/token:(.+)$/s.exec(text) ?? []
  // Password access ended in January 2026: only the `/token` form is left.
  if (!email || !token || mode === 'refused') return 'invalid'
  if (mode === 'flagged' && world.clock.now() >= API_TOKENS_STOP_AT) return 'invalid'
  const known = world.state.api_tokens
  if (known && !known.includes(token)) return 'invalid'
  const match = Object.values(world.state.users).find((user) => user.email?.toLowerCase() === email.toLowerCase())
  const user = match && usable(world, match.id)
  if (!user || user.role === 'end-user') return 'invalid'
  if (mode === 'flagged') req.res?.setHeader(DEPRECATION_HEADER, 'true; use OAuth; tokens stop on 2027-04-30')
  return { user, scopes: ['read', 'write'], kind: 'basic' }
}

function bySession(world: World, req: Request): Caller | 'anonymous' {
  const id = sessionUserId(req)
  if (id === null || !isSameOrigin(req)) return 'anonymous'
  const user = usable(world, id)
  return user ? { user, scopes: ['read', 'write'], kind: 'session' } : 'anonymous'
}

/** The user id in the agent page's cookie, trusted or not. */
export function sessionUserId(req: Request): number | null {
  const match = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=(\\d+)`).exec(req.get('cookie') ?? '')
  return match ? Number(match[1]) : null
}

/** Whether a page of this very origin makes the call: the cookie alone would let any site act as the agent. */
export function isSameOrigin(req: Request): boolean {
  const site = req.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  const source = req.get('origin') ?? req.get('referer')
  if (!source) return false
  try {
    return new URL(source).host === req.get('host')
  } catch {
    return false
  }
}

function usable(world: World, userId: number): User | null {
  const user = world.state.users[userId]
  return user?.active && !user.suspended ? user : null
}
