import type { RequestHandler } from 'express'
import { decodeJwt, jwtVerify } from 'jose'
import { type Clock, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import type { Secrets } from '../secrets.ts'
import { Refusal } from './refusal.ts'

/** What a request through Zendesk's proxy proves, in `res.locals`: the account, and no more. */
export type Session = {
  account: { id: number; subdomain: string }
  /** Who the browser says it is. Any agent can have Zendesk's proxy sign any claim: a label, never an identity. */
  claimedUser: string | null
}

export type SessionDeps = { accounts: Pick<Accounts, 'idOf'>; secrets: Pick<Secrets, 'recall'>; clock: Clock }

const AUDIENCE = 'baton'
const LONGEST_LIFE_MS = 5 * MINUTE_MS
const SKEW_SECONDS = 10

/**
 * Lets requests through that Zendesk's proxy signed with the account's shared secret (HS256, `aud` baton, `iss` the
 * subdomain, `exp` at most five minutes ahead).
 *
 * @throws {Refusal} 401 with `unauthenticated` or `session-expired`
 * Source: https://developer.zendesk.com/documentation/apps/app-developer-guide/making-api-requests-from-a-zendesk-app/
 */
export function requireSession(deps: SessionDeps): RequestHandler {
  return async (req, res, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(req.get('authorization') ?? '') ?? []
    if (!token) throw unauthenticated('The request carries no token.')
    Object.assign(res.locals, await verify(token, deps))
    next()
  }
}

async function verify(token: string, { accounts, secrets, clock }: SessionDeps): Promise<Session> {
  const subdomain = issuerOf(token)
  const accountId = subdomain === null ? null : await accounts.idOf(subdomain)
  if (subdomain === null || accountId === null) throw unauthenticated('The token names no account we know.')
  const known = [await secrets.recall(accountId, 'app'), await secrets.recall(accountId, 'app-previous')]
  let failure: unknown
  for (const secret of known.filter((value) => value !== null)) {
    try {
      const { payload } = await jwtVerify(token, Buffer.from(secret), {
        algorithms: ['HS256'],
        audience: AUDIENCE,
        issuer: subdomain,
        requiredClaims: ['exp'],
        currentDate: new Date(clock.now()),
        clockTolerance: SKEW_SECONDS,
      })
      if (payload.exp! * SECOND_MS > clock.now() + LONGEST_LIFE_MS + SKEW_SECONDS * SECOND_MS) {
        throw unauthenticated('The token is valid for longer than five minutes.')
      }
      return { account: { id: accountId, subdomain }, claimedUser: payload.sub ?? null }
    } catch (error) {
      failure = error
    }
  }
  if (failure instanceof Refusal) throw failure
  if ((failure as { code?: string } | undefined)?.code === 'ERR_JWT_EXPIRED') {
    throw new Refusal(401, 'session-expired', 'The token has expired; ask for another.')
  }
  throw unauthenticated("The token is not signed with this account's secret. Run `baton doctor`.")
}

/** Unverified: it only chooses the secret to verify with. */
function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null
  } catch {
    return null
  }
}

function unauthenticated(message: string): Refusal {
  return new Refusal(401, 'unauthenticated', message)
}
