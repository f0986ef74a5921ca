import { createHash } from 'node:crypto'
import { decodeJwt, importSPKI, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { Installations } from './installations.ts'

/** Why the page does not open, in a word. */
export type DeskRefusal = 'no-token' | 'not-ours' | 'bad-token' | 'expired' | 'used' | 'no-agent' | 'zendesk-away'

export class DeskRefused extends Error {
  override readonly name = 'DeskRefused'
  readonly why: DeskRefusal

  constructor(why: DeskRefusal, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** What Zendesk's signature proves: this person opened our page in this account. */
export type SignedOpening = {
  account: { id: number; subdomain: string }
  userId: number
  /** Of what the signature is over, so that another spelling of the same token is still the same. */
  tokenHash: string
  expiresAt: Instant
}

export type SignedUrlDeps = {
  accounts: Pick<Accounts, 'idOf'>
  installations: Installations
  clock: Clock
  zendeskOf(accountId: number): Promise<ZendeskClient>
}

const SKEW_SECONDS = 10
const LONGEST_TOKEN = 8_192
const Context = z.object({ product: z.literal('support'), location: z.literal('nav_bar') })

/**
 * Verifies the token with which Zendesk opens a `signed` location: RS256 with the app's key, for an installation that
 * names this server. What is cheap comes first, so that nonsense never makes us ask Zendesk.
 *
 * @throws {DeskRefused}
 * Source: https://developer.zendesk.com/documentation/apps/build-an-app/building-a-server-side-app/part-5-secure-the-app/
 */
export async function verifySignedUrl(token: unknown, deps: SignedUrlDeps): Promise<SignedOpening> {
  if (typeof token !== 'string' || token === '') throw new DeskRefused('no-token', 'No token came with the request.')
  if (token.length > LONGEST_TOKEN) throw new DeskRefused('bad-token', 'The token is too long.')
  const claims = unverified(token)
  if (claims.exp !== undefined && claims.exp * SECOND_MS < deps.clock.now() - SKEW_SECONDS * SECOND_MS) {
    throw new DeskRefused('expired', 'The token has expired.')
  }
  const { accountId, subdomain, installationId } = await placeOf(claims, deps)

  const zendesk = await deps.zendeskOf(accountId)
  const appId = await deps.installations.appOf(accountId, installationId, zendesk)
  if (appId === null) throw new DeskRefused('not-ours', `Installation ${installationId} does not name this server.`)

  const keyOf = (afresh: boolean) => deps.installations.keyOf(accountId, appId, zendesk, afresh)
  const expected = { host: `${subdomain}.zendesk.com`, audience: claims.aud as string, now: deps.clock.now() }
  const payload = await verified(token, expected, keyOf)

  const context = Context.safeParse(payload.context)
  if (!context.success) throw new DeskRefused('bad-token', 'The token was made for another place of the app.')
  const userId = userIdOf(payload.sub)
  if (userId === null) throw new DeskRefused('bad-token', 'The token names no user.')
  const { jti } = payload
  const identity = typeof jti === 'string' && jti !== '' ? `jti ${jti}` : token.slice(0, token.lastIndexOf('.'))
  return {
    account: { id: accountId, subdomain },
    userId,
    tokenHash: createHash('sha256').update(identity).digest('base64url'),
    expiresAt: payload.exp! * SECOND_MS,
  }
}

/** It only chooses which key is asked for. */
function unverified(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (cause) {
    throw new DeskRefused('bad-token', 'The token cannot be read.', { cause })
  }
}

async function placeOf({ iss, aud }: JWTPayload, { accounts }: SignedUrlDeps) {
  const subdomain = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)\.zendesk\.com$/.exec(iss ?? '')?.[1]
  const accountId = subdomain === undefined ? null : await accounts.idOf(subdomain)
  if (subdomain === undefined || accountId === null) {
    throw new DeskRefused('not-ours', 'The token comes from no account we know.')
  }
  const prefix = `https://${subdomain}.zendesk.com/api/v2/apps/installations/`
  const id =
    typeof aud === 'string' && aud.startsWith(prefix) ? /^(\d{1,15})\.json$/.exec(aud.slice(prefix.length)) : null
  if (!id) throw new DeskRefused('not-ours', 'The token is meant for somebody else.')
  return { accountId, subdomain, installationId: Number(id[1]) }
}

async function verified(
  token: string,
  { host, audience, now }: { host: string; audience: string; now: Instant },
  keyOf: (afresh: boolean) => Promise<string>,
): Promise<JWTPayload> {
  const verifyWith = async (pem: string) => {
    const { payload } = await jwtVerify(token, await importSPKI(pem, 'RS256'), {
      algorithms: ['RS256'],
      issuer: [host, `https://${host}`],
      audience,
      requiredClaims: ['exp', 'iat', 'sub'],
      currentDate: new Date(now),
      clockTolerance: SKEW_SECONDS,
    })
    return payload
  }
  const pem = await keyOf(false)
  try {
    try {
      return await verifyWith(pem)
    } catch (error) {
      if (codeOf(error) !== 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') throw error
    }
    const newer = await keyOf(true)
    if (newer === pem) throw new DeskRefused('bad-token', 'The token is not signed by Zendesk for this app.')
    return await verifyWith(newer)
  } catch (error) {
    if (codeOf(error) === 'ERR_JWT_EXPIRED') throw new DeskRefused('expired', 'The token has expired.')
    if (!codeOf(error)?.startsWith('ERR_J')) throw error
    throw new DeskRefused('bad-token', `The token is not accepted: ${codeOf(error)}`, { cause: error })
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

/** `sub` is an address that ends in the user's id, or the id alone. */
function userIdOf(sub: unknown): number | null {
  const [, digits] = /(?:^|\/users\/)(\d{1,15})(?:\.json)?$/.exec(String(sub)) ?? []
  return digits ? Number(digits) : null
}
