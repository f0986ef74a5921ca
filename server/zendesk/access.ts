import type { AxiosInstance } from 'axios'
import { z } from 'zod'
import { type Clock, type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'

export type AccessToken = { accessToken: string /** Null: does not expire. */; expiresAt: Instant | null }

/** Keeps the token over restarts. What it keeps it encrypts; `save` is durable when it returns. */
export type TokenStore = {
  load(): Promise<AccessToken | null>
  save(token: AccessToken): Promise<void>
}

export type OAuthClient = { id: string; secret: string; scope?: string }

/** The right to call Zendesk. */
export type Access = {
  token(): Promise<string>
  /** Zendesk refused `refused`: answers another token. */
  renew(refused: string): Promise<string>
}

/** A token this close to its end is not used for a call that may take a while. */
const RENEW_BEFORE_MS = MINUTE_MS

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() })

/**
 * OAuth client credentials: the token acts as the user who owns the client, and there is no refresh token. However
 * many calls need a token at once, one request fetches it.
 * Source: https://support.zendesk.com/hc/en-us/articles/4408845965210, api.md 7.2
 */
export function createAccess(bare: AxiosInstance, client: OAuthClient, tokens: TokenStore, clock: Clock): Access {
  let current: AccessToken | null = null
  let isLoaded = false
  let underWay: Promise<AccessToken> | null = null

  return {
    token: async () => (await obtain(null)).accessToken,
    renew: async (refused) => (await obtain(refused)).accessToken,
  }

  function obtain(refused: string | null): Promise<AccessToken> {
    if (isUsable(current, refused)) return Promise.resolve(current)
    underWay ??= find(refused).finally(() => {
      underWay = null
    })
    return underWay
  }

  async function find(refused: string | null): Promise<AccessToken> {
    if (!isLoaded) {
      current = await tokens.load()
      isLoaded = true
    }
    if (!isUsable(current, refused)) {
      const fresh = await fetchToken()
      // Kept before it is used: a token that only lived in memory would be fetched again by every restart.
      await tokens.save(fresh)
      current = fresh
    }
    return current
  }

  function isUsable(token: AccessToken | null, refused: string | null): token is AccessToken {
    if (!token || token.accessToken === refused) return false
    return token.expiresAt === null || token.expiresAt - RENEW_BEFORE_MS > clock.now()
  }

  async function fetchToken(): Promise<AccessToken> {
    const { data } = await bare.post('/oauth/tokens', {
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
      scope: client.scope ?? 'read write',
    })
    const { access_token, expires_in } = Answer.parse(data)
    return { accessToken: access_token, expiresAt: expires_in ? clock.now() + expires_in * SECOND_MS : null }
  }
}
