import path from 'node:path'
import { z } from 'zod'
import { TRACKERS, type Tracker, type TrackerHosts } from '../core/engineering/tracker.ts'
import { DAY_MS, MINUTE_MS, parseDuration } from '../core/units.ts'

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
  /** Secrets of the trackers' webhooks (one that is left out leaves the stored one), and trackers of the company's own. */
  engineering: { secrets: Partial<Record<Tracker, string>>; hosts: TrackerHosts }
  policyFile: string | null
  /** How far back the account's tickets are kept, in milliseconds; `Infinity` for all, null keeps none but those escalated. */
  history: number | null
  /** How notices reach the channels the policy names; null for a channel that is not set up. */
  notify: NotifyConfig
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export type NotifyConfig = {
  slack: { url: string; token: string | null; webhookUrl: string | null }
  /** Routing keys by the names under which policies know them. */
  pagerduty: { url: string; keys: Readonly<Record<string, string>> }
  /** With user and password, where the server wants them. */
  smtpUrl: string | null
  /** Signs what the webhook is sent. */
  webhookSecret: string | null
}

/** No channel but the ticket itself. */
export const NO_CHANNELS: NotifyConfig = {
  slack: { url: 'https://slack.com', token: null, webhookUrl: null },
  pagerduty: { url: 'https://events.pagerduty.com', keys: {} },
  smtpUrl: null,
  webhookSecret: null,
}

const KEY_BYTES = 32

const KEY_SHAPE = 'a routing key of PagerDuty has 32 characters'
const RoutingKey = z.string().regex(/^[A-Za-z0-9]{32}$/, `is not one: ${KEY_SHAPE}`)

/** `platform=…,security=…` */
const RoutingKeys = z.string().transform((text, context): Record<string, string> => {
  const pairs = text.split(',').map((pair) => /^\s*([a-z][a-z0-9_-]*)\s*=\s*([A-Za-z0-9]{32})\s*$/.exec(pair))
  if (pairs.some((pair) => pair === null)) {
    context.addIssue(`must be names and keys, platform=key,security=key; ${KEY_SHAPE}`)
    return z.NEVER
  }
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]))
})

const Secret = z.string().min(16, 'must have 16 characters or more').optional()

/** `git.acme.com, acme.com:8443/gitlab` */
const Hosts = z
  .string()
  .transform((text) => text.split(',').map((host) => host.trim()))
  .refine(
    (hosts) =>
      hosts.every((host) => /^[a-z0-9-]+(\.[a-z0-9-]*[a-z][a-z0-9-]*)+(:\d{1,5})?(\/[\w.~-]+)*\/?$/i.test(host)),
    'must be hosts with commas between them, such as git.acme.com or acme.com/gitlab, without https://',
  )
  .optional()

/** `400d`, `all` or `off` */
const History = z.string().transform((text, context): number | null => {
  if (text === 'off') return null
  if (text === 'all') return Number.POSITIVE_INFINITY
  const minutes = parseDuration(text)
  if (minutes !== null) return minutes * MINUTE_MS
  context.addIssue('must be a span such as 400d, or all, or off')
  return z.NEVER
})

/** Thirteen months, so that a month can be compared with that of the year before. */
const DEFAULT_HISTORY_MS = 400 * DAY_MS

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
  BATON_GITHUB_SECRET: Secret,
  BATON_GITLAB_SECRET: Secret,
  BATON_JIRA_SECRET: Secret,
  BATON_LINEAR_SECRET: Secret,
  BATON_GITHUB_HOSTS: Hosts,
  BATON_GITLAB_HOSTS: Hosts,
  BATON_JIRA_HOSTS: Hosts,
  BATON_POLICY: z.string().min(1).optional(),
  BATON_HISTORY: History.default(DEFAULT_HISTORY_MS),
  BATON_SLACK_TOKEN: z.string().startsWith('xoxb-', 'must be the token of a bot, which begins with xoxb-').optional(),
  BATON_SLACK_WEBHOOK: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  BATON_SLACK_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  BATON_PAGERDUTY_KEY: RoutingKey.optional(),
  BATON_PAGERDUTY_KEYS: RoutingKeys.optional(),
  BATON_PAGERDUTY_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  BATON_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example.com' })
    .optional(),
  BATON_NOTICE_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
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
    engineering: {
      secrets: named((tracker) => read[`BATON_${tracker}_SECRET`]),
      hosts: named((tracker) => (tracker === 'LINEAR' ? undefined : read[`BATON_${tracker}_HOSTS`])),
    },
    policyFile: read.BATON_POLICY ? path.resolve(read.BATON_POLICY) : null,
    history: read.BATON_HISTORY,
    notify: {
      slack: {
        url: (read.BATON_SLACK_URL ?? NO_CHANNELS.slack.url).replace(/\/+$/, ''),
        token: read.BATON_SLACK_TOKEN ?? null,
        webhookUrl: read.BATON_SLACK_WEBHOOK ?? null,
      },
      pagerduty: {
        url: (read.BATON_PAGERDUTY_URL ?? NO_CHANNELS.pagerduty.url).replace(/\/+$/, ''),
        keys: {
          ...(read.BATON_PAGERDUTY_KEY === undefined ? {} : { default: read.BATON_PAGERDUTY_KEY }),
          ...read.BATON_PAGERDUTY_KEYS,
        },
      },
      smtpUrl: read.BATON_SMTP_URL ?? null,
      webhookSecret: read.BATON_NOTICE_SECRET ?? null,
    },
    logLevel: read.LOG_LEVEL,
  }
}

/** What is said of each tracker; those nothing is said of are left out. */
function named<T>(of: (tracker: Uppercase<Tracker>) => T | undefined): Partial<Record<Tracker, T>> {
  const said = TRACKERS.map((tracker) => [tracker, of(tracker.toUpperCase() as Uppercase<Tracker>)] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as Partial<Record<Tracker, T>>
}

/** Beside the sources, or, for root, where services keep their data: PostgreSQL runs as another user then. */
function defaultHome(): string {
  return process.getuid?.() === 0 ? '/var/lib/baton' : path.resolve(import.meta.dirname, '../.baton')
}
