import path from 'node:path'
import { z } from 'zod'

/** The environment is not as it must be; the message names each variable and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Config = {
  port: number
  /** Where Zendesk and the app reach us, without a trailing slash. */
  publicUrl: string
  /** Folder for what we keep on disk: the embedded database and, with it, the generated key. */
  home: string
  /** Null means the embedded database. */
  databaseUrl: string | null
  /** 32 bytes that encrypt stored secrets. Null lets one be made, in `home`, for the embedded database only. */
  key: Buffer | null
  zendesk: {
    subdomain: string
    /** Without a trailing slash. */
    url: string
    clientId: string
    clientSecret: string
  }
  /** What Zendesk's proxy signs the sidebar's tokens with; null leaves the stored one. */
  appSecret: string | null
  policyFile: string | null
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const KEY_BYTES = 32

const Environment = z.object({
  BATON_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(4602),
  BATON_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  BATON_HOME: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres|postgresql|socket):/, 'must start with postgres://')
    .optional(),
  BATON_KEY: z
    .base64({ error: 'must be base64; make one with `openssl rand -base64 32`', abort: true })
    .refine(
      (text) => Buffer.from(text, 'base64').length === KEY_BYTES,
      'must be 32 bytes in base64; make one with `openssl rand -base64 32`',
    )
    .optional(),
  ZENDESK_SUBDOMAIN: z
    .string('is missing: the first part of your Zendesk address, `acme` of acme.zendesk.com')
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be the first part of your Zendesk address alone, `acme` of acme.zendesk.com'),
  ZENDESK_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  ZENDESK_CLIENT_ID: z.string('is missing: the identifier of an OAuth client in Zendesk’s Admin Center').min(1),
  ZENDESK_CLIENT_SECRET: z.string('is missing: the secret of that OAuth client').min(1),
  BATON_APP_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
  BATON_POLICY: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/**
 * Reads the environment; nothing else does. An empty variable counts as absent.
 *
 * @throws {ConfigError} naming every variable that is missing or wrong
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new ConfigError(`The configuration is not complete:\n${lines.join('\n')}`)
  }
  const read = result.data
  if (read.DATABASE_URL && !read.BATON_KEY) {
    throw new ConfigError(
      'The configuration is not complete:\n' +
        '  BATON_KEY is missing: with DATABASE_URL set, every server needs the same key; make one with `openssl rand -base64 32`',
    )
  }
  return {
    port: read.BATON_PORT,
    publicUrl: (read.BATON_PUBLIC_URL ?? `http://localhost:${read.BATON_PORT}`).replace(/\/+$/, ''),
    home: path.resolve(read.BATON_HOME ?? defaultHome()),
    databaseUrl: read.DATABASE_URL ?? null,
    key: read.BATON_KEY ? Buffer.from(read.BATON_KEY, 'base64') : null,
    zendesk: {
      subdomain: read.ZENDESK_SUBDOMAIN,
      url: (read.ZENDESK_URL ?? `https://${read.ZENDESK_SUBDOMAIN}.zendesk.com`).replace(/\/+$/, ''),
      clientId: read.ZENDESK_CLIENT_ID,
      clientSecret: read.ZENDESK_CLIENT_SECRET,
    },
    appSecret: read.BATON_APP_SECRET ?? null,
    policyFile: read.BATON_POLICY ? path.resolve(read.BATON_POLICY) : null,
    logLevel: read.LOG_LEVEL,
  }
}

/** Beside the sources, or, for root, where services keep their data: PostgreSQL runs as another user then. */
function defaultHome(): string {
  return process.getuid?.() === 0 ? '/var/lib/baton' : path.resolve(import.meta.dirname, '../.baton')
}
