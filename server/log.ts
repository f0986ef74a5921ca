import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type { Logger }

/** Names under which secrets and customers' words travel; whatever is logged, these are not. */
const NEVER_LOGGED = [
  'authorization',
  'password',
  'secret',
  'token',
  'access_token',
  'accessToken',
  'client_secret',
  'clientSecret',
  'note',
  'comment',
  'body',
  'html_body',
  'subject',
  'description',
  'data',
]

/**
 * One JSON object a line, each with a stable `event` word and ids: `{ event: 'decision.applied', ticketId }`. Of an
 * error the name, message and stack are kept, not what hangs on it, such as a request with its headers.
 */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    redact: { paths: NEVER_LOGGED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[not logged]' },
  })
}

type Described = { name: string; message: string; code?: string; stack?: string; cause?: Described }

function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { name: typeof error, message: String(error) }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}
