import { z } from 'zod'
import type { Secrets } from './secrets.ts'
import type { TokenStore } from './zendesk/access.ts'

const Stored = z.object({ accessToken: z.string(), expiresAt: z.number().nullable() })

/** Keeps an account's OAuth token with its other secrets, encrypted. */
export function createTokenStore(secrets: Pick<Secrets, 'get' | 'put'>, accountId: number): TokenStore {
  return {
    load: async () => {
      const stored = await secrets.get(accountId, 'oauth')
      return stored === null ? null : Stored.parse(JSON.parse(stored))
    },
    save: (token) => secrets.put(accountId, 'oauth', JSON.stringify(token)),
  }
}
