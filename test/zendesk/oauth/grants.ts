import { createHash } from 'node:crypto'
import { DAY_MS, SECOND_MS } from '../../../core/units.ts'
import type { OAuthClient, OAuthToken } from '../state/model.ts'
import type { World } from '../world.ts'
import type { Refusal } from './refusals.ts'

/** How long an authorization code lives. */
export const CODE_LIFE_MS = 120 * SECOND_MS

const DEFAULT_TOKEN_SECONDS = 1800
const DEFAULT_REFRESH_SECONDS = (30 * DAY_MS) / SECOND_MS

/** What `POST /oauth/tokens` may say; every value arrives as text or number. */
export type GrantRequest = Partial<
  Record<
    | 'grant_type'
    | 'code'
    | 'client_id'
    | 'client_secret'
    | 'redirect_uri'
    | 'scope'
    | 'code_verifier'
    | 'refresh_token'
    | 'expires_in'
    | 'refresh_token_expires_in',
    unknown
  >
>

export type GrantAnswer = {
  access_token: string
  refresh_token?: string
  token_type: 'bearer'
  scope: string
  expires_in: number
  refresh_token_expires_in?: number
}

/** Exchanges a grant for tokens. Source: developer.zendesk.com, "Using OAuth authentication", grant type tokens. */
export function grantTokens(world: World, request: GrantRequest): GrantAnswer | Refusal {
  const client = findClient(world, request)
  if ('status' in client) return client
  const lives = readLives(request)
  if ('status' in lives) return lives

  switch (request.grant_type) {
    case 'authorization_code':
      return fromCode(world, client, request, lives)
    case 'refresh_token':
      return fromRefresh(world, client, request, lives)
    case 'client_credentials':
      return fromClient(world, client, request, lives)
    default:
      return oauthError('unsupported_grant_type', 'The authorization grant type is not supported.')
  }
}

type Lives = { tokenSeconds: number; refreshSeconds: number }

function fromCode(world: World, client: OAuthClient, request: GrantRequest, lives: Lives): GrantAnswer | Refusal {
  const { oauth_codes } = world.state
  const code = Object.hasOwn(oauth_codes, String(request.code)) ? oauth_codes[String(request.code)] : undefined
  const isGood =
    code !== undefined &&
    code.client_id === client.id &&
    code.expires_at > world.clock.now() &&
    code.redirect_uri === request.redirect_uri &&
    provesChallenge(code.code_challenge, request.code_verifier)
  // A code is for one use, whether it succeeded or was tried by someone without its verifier.
  if (code && code.client_id === client.id) delete oauth_codes[code.code]
  if (!isGood) return invalidGrant()
  return issue(world, client, code.user_id, code.scopes, lives, true)
}

function fromRefresh(world: World, client: OAuthClient, request: GrantRequest, lives: Lives): GrantAnswer | Refusal {
  const old = Object.values(world.state.oauth_tokens).find(
    (token) => token.refresh_token !== null && token.refresh_token === request.refresh_token,
  )
  if (!old || old.client_id !== client.id || old.revoked) return invalidGrant()
  if (old.refresh_expires_at !== null && old.refresh_expires_at <= world.clock.now()) return invalidGrant()
  const scopes = request.scope === undefined ? old.scopes : readScopes(request.scope)
  if (!scopes.every((scope) => old.scopes.includes(scope))) {
    return oauthError('invalid_scope', 'The requested scope is invalid, unknown, malformed or exceeds the grant.')
  }
  // The old pair dies at once: a second refresh with it is refused.
  old.revoked = true
  return issue(world, client, old.user_id, scopes, lives, true)
}

function fromClient(world: World, client: OAuthClient, request: GrantRequest, lives: Lives): GrantAnswer | Refusal {
  if (client.kind !== 'confidential') {
    return oauthError('unauthorized_client', 'The client is not authorized to use this grant type.')
  }
  if (request.scope === undefined) return oauthError('invalid_scope', 'The scope is missing.')
  return issue(world, client, client.user_id, readScopes(request.scope), lives, false)
}

function issue(
  world: World,
  client: OAuthClient,
  userId: number,
  scopes: string[],
  lives: Lives,
  withRefresh: boolean,
): GrantAnswer {
  const now = world.clock.now()
  const token: OAuthToken = {
    id: world.nextId('oauth_token'),
    token: world.nextToken(64),
    refresh_token: withRefresh ? world.nextToken(64) : null,
    client_id: client.id,
    user_id: userId,
    scopes,
    expires_at: now + lives.tokenSeconds * SECOND_MS,
    refresh_expires_at: withRefresh ? now + lives.refreshSeconds * SECOND_MS : null,
    revoked: false,
  }
  world.state.oauth_tokens[token.id] = token
  return {
    access_token: token.token,
    ...(token.refresh_token ? { refresh_token: token.refresh_token } : {}),
    token_type: 'bearer',
    scope: scopes.join(' '),
    expires_in: lives.tokenSeconds,
    ...(withRefresh ? { refresh_token_expires_in: lives.refreshSeconds } : {}),
  }
}

function findClient(world: World, request: GrantRequest): OAuthClient | Refusal {
  const client = Object.values(world.state.oauth_clients).find((one) => one.identifier === request.client_id)
  const isProven = client && (client.kind === 'public' || client.secret === request.client_secret)
  if (client && isProven) return client
  return {
    status: 401,
    body: {
      error: 'invalid_client',
      error_description:
        'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    },
  }
}

function readLives(request: GrantRequest): Lives | Refusal {
  const tokenSeconds = Number(request.expires_in ?? DEFAULT_TOKEN_SECONDS)
  if (!Number.isInteger(tokenSeconds) || tokenSeconds < 300 || tokenSeconds > 172_800) {
    return oauthError('invalid_request', 'expires_in must be between 300 and 172800 seconds.')
  }
  const refreshSeconds = Number(request.refresh_token_expires_in ?? DEFAULT_REFRESH_SECONDS)
  if (!Number.isInteger(refreshSeconds) || refreshSeconds < 604_800 || refreshSeconds > 7_776_000) {
    return oauthError('invalid_request', 'refresh_token_expires_in must be between 604800 and 7776000 seconds.')
  }
  return { tokenSeconds, refreshSeconds }
}

/** Splits a scope parameter; unknown scopes are kept, as Zendesk does: the token is issued and then refused with 403. */
export function readScopes(scope: unknown): string[] {
  return [
    ...new Set(
      String(scope)
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ]
}

function provesChallenge(challenge: string | null, verifier: unknown): boolean {
  if (challenge === null) return true
  return typeof verifier === 'string' && createHash('sha256').update(verifier).digest('base64url') === challenge
}

function invalidGrant(): Refusal {
  return oauthError(
    'invalid_grant',
    'The provided access grant is invalid, expired, or revoked (e.g. invalid assertion, expired authorization token, bad end-user password credentials, or mismatching authorization code and redirection URI).',
  )
}

function oauthError(error: string, description: string): Refusal {
  return { status: 400, body: { error, error_description: description } }
}
