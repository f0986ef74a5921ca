import type { RequestHandler, Response } from 'express'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { createKeyLimiter, type Limit } from './api-key-limit.ts'
import type { Scope } from './api-key-scopes.ts'
import type { ApiKey, ApiKeys, KeyVerdict } from './api-keys.ts'
import { Refusal } from './refusal.ts'

export type ApiKeyDeps = { apiKeys: Pick<ApiKeys, 'identify'>; clock: Clock; keyLimit?: Limit }

/** Who asks, in `res.locals`: a program with a key of this account. */
export type Caller = { account: { id: number }; apiKey: ApiKey }

/**
 * Lets requests through that carry a key in use, as often as it may ask. The key travels in the header alone, never in
 * an address, which proxies log.
 *
 * @throws {Refusal} 401 `unauthenticated`, `key-revoked` or `key-expired`; 429 `too-many-requests`
 */
export function requireApiKey({ apiKeys, clock, keyLimit }: ApiKeyDeps): RequestHandler {
  const waitOf = createKeyLimiter(clock, keyLimit)
  return async (req, res, next) => {
    const [, text] = /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '') ?? []
    const found = text === undefined ? 'none' : await apiKeys.identify(text)
    if (typeof found === 'string') {
      res.set('www-authenticate', 'Bearer realm="baton"')
      throw REFUSALS[found]()
    }
    const waitMs = waitOf(`${found.accountId}/${found.key.id}`)
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / SECOND_MS)
      res.set('retry-after', String(seconds))
      throw new Refusal(429, 'too-many-requests', `This key asks too often. Ask again in ${seconds} s.`)
    }
    Object.assign(res.locals, { account: { id: found.accountId }, apiKey: found.key } satisfies Caller)
    next()
  }
}

/** @throws {Refusal} 403 `wrong-scope` */
export function requireScope(scope: Scope): RequestHandler {
  return (_req, res, next) => {
    mustHave(callerOf(res).apiKey, scope)
    next()
  }
}

/** @throws {Refusal} 403 `wrong-scope` */
export function mustHave({ name, scopes }: ApiKey, scope: Scope): void {
  if (scopes.includes(scope)) return
  throw new Refusal(403, 'wrong-scope', `The key "${name}" lacks the scope "${scope}". Make one that has it.`)
}

export function callerOf(res: Response): Caller {
  return res.locals as Caller
}

const REFUSALS: Record<KeyVerdict | 'none', () => Refusal> = {
  none: () => new Refusal(401, 'unauthenticated', 'Send a key: `Authorization: Bearer baton_…`.'),
  unknown: () => new Refusal(401, 'unauthenticated', 'This key is not known. `baton keys list` names those that are.'),
  revoked: () => new Refusal(401, 'key-revoked', 'This key was revoked. Make another with `baton keys create`.'),
  expired: () => new Refusal(401, 'key-expired', 'This key has expired. Make another with `baton keys create`.'),
}
