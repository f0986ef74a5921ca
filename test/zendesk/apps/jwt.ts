import { createHmac } from 'node:crypto'
import { type Instant, SECOND_MS } from '../../../core/units.ts'
import { PlaceholderRefused, type Substitution } from './placeholders.ts'

/** The `jwt` option of `client.request`. */
export type JwtOptions = {
  algorithm?: string
  secret_key?: string
  /** Seconds from now. */
  expiry?: number
  claims?: Record<string, unknown>
}

const DEFAULT_EXPIRY_SECONDS = 60

/**
 * Signs what the app asked to be signed. The claims are the app's own words: an agent can put anything into them, so
 * the signature proves the installation and nobody's identity.
 */
export function signJwt(options: JwtOptions, fill: Substitution['text'], now: Instant): string {
  if ((options.algorithm ?? 'HS256') !== 'HS256') throw new PlaceholderRefused('The only JWT algorithm is HS256')
  const secret = fill(String(options.secret_key ?? ''), 'jwt_secret_key')
  if (!secret) throw new PlaceholderRefused('The JWT secret_key is empty')
  const expiry = Number(options.expiry ?? DEFAULT_EXPIRY_SECONDS)
  const claims = { ...filled(options.claims ?? {}, fill), exp: Math.floor(now / SECOND_MS) + expiry }
  const unsigned = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`
}

function filled(claims: Record<string, unknown>, fill: Substitution['text']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? fill(value, 'jwt_claim') : value]),
  )
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
