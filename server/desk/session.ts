import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Clock, HOUR_MS, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { Refusal } from '../http/refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { DeskPerson, DeskRole } from './person.ts'

/** What a request of the page proves, in `res.locals`. */
export type DeskSession = {
  account: { id: number; subdomain: string }
  person: DeskPerson
  /** When Zendesk's signature was seen; the page is to be opened anew some hours later. */
  signedInAt: Instant
}

export type DeskSessionDeps = { accounts: Pick<Accounts, 'idOf'>; secrets: Secrets; clock: Clock }

const AUDIENCE = 'baton-desk'
const LIFE_MS = HOUR_MS
/** However much it is used, the page then asks to be opened anew, which only Zendesk can do. */
export const LONGEST_STAY_MS = 12 * HOUR_MS
const SKEW_SECONDS = 10

const Claims = z.object({
  sub: z.string().regex(/^\d+$/).transform(Number),
  name: z.string(),
  role: z.enum(['agent', 'lead', 'admin']),
  signedInAt: z.int(),
})

/** A token for the page to hold in memory, and for how long it is good. */
export async function issueToken(
  { account, person, signedInAt }: DeskSession,
  deps: DeskSessionDeps,
): Promise<{ token: string; validForMs: number }> {
  const now = deps.clock.now()
  const expiresAt = Math.min(now + LIFE_MS, signedInAt + LONGEST_STAY_MS)
  const token = await new SignJWT({ name: person.name, role: person.role, signedInAt })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(account.subdomain)
    .setAudience(AUDIENCE)
    .setSubject(String(person.id))
    .setIssuedAt(Math.floor(now / SECOND_MS))
    .setExpirationTime(Math.floor(expiresAt / SECOND_MS))
    .sign(await keyOf(account.id, deps))
  return { token, validForMs: expiresAt - now }
}

/**
 * Lets requests of the signed-in page through and says who asks in `res.locals`: `account` and `person`.
 *
 * @throws {Refusal} 401 with `unauthenticated` or `session-expired`
 */
export function requireDesk(deps: DeskSessionDeps): RequestHandler {
  return async (req, res, next) => {
    const [, token] = /^Bearer (\S+)$/i.exec(req.get('authorization') ?? '') ?? []
    if (!token) throw unauthenticated()
    Object.assign(res.locals, await verify(token, deps))
    next()
  }
}

/**
 * Keeps everybody without one of these roles out.
 *
 * @throws {Refusal} 403 `not-allowed`
 */
export function requireRole(...roles: readonly DeskRole[]): RequestHandler {
  return (_req, res, next) => {
    const { person } = res.locals as DeskSession
    if (roles.includes(person.role)) return next()
    throw new Refusal(403, 'not-allowed', 'Only leads and admins see this. The policy says who is a lead.')
  }
}

async function verify(token: string, deps: DeskSessionDeps): Promise<DeskSession> {
  const subdomain = issuerOf(token)
  const accountId = subdomain === null ? null : await deps.accounts.idOf(subdomain)
  if (subdomain === null || accountId === null) throw unauthenticated()
  let payload: JWTPayload
  try {
    const verified = await jwtVerify(token, await keyOf(accountId, deps), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: subdomain,
      requiredClaims: ['exp'],
      currentDate: new Date(deps.clock.now()),
      clockTolerance: SKEW_SECONDS,
    })
    payload = verified.payload
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ERR_JWT_EXPIRED')
      throw new Refusal(401, 'session-expired', 'The page was open for too long. Open it anew.')
    if (code?.startsWith('ERR_J')) throw unauthenticated()
    throw error
  }
  const claims = Claims.safeParse(payload)
  if (!claims.success) throw unauthenticated()
  const { sub: id, name, role, signedInAt } = claims.data
  return { account: { id: accountId, subdomain }, person: { id, name, role }, signedInAt }
}

async function keyOf(accountId: number, { secrets }: DeskSessionDeps): Promise<Uint8Array> {
  return Buffer.from(await secrets.ensure(accountId, 'desk', () => randomBytes(32).toString('base64url')))
}

/** Unverified: it only chooses the secret to verify with. */
function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null
  } catch {
    return null
  }
}

function unauthenticated(): Refusal {
  return new Refusal(401, 'unauthenticated', 'Open Baton from the navigation bar of Zendesk.')
}
