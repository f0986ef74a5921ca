import { type Command, InvalidArgumentError } from 'commander'
import { DAY_MS, type Instant, MINUTE_MS, parseDuration } from '../../core/units.ts'
import type { Context } from '../context.ts'
import { SCOPES, type Scope } from '../http/api-key-scopes.ts'
import type { ApiKey, ApiKeys } from '../http/api-keys.ts'
import { table } from './table.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

/** `keys create`, `list` and `revoke`: who may use the HTTP API. */
export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('Keys with which programs use the HTTP API.')

  keys
    .command('create')
    .description('Make a key and print it, once: only its hash is kept.')
    .requiredOption('--name <name>', 'who uses it; what it does is shown under this name', readName)
    .requiredOption('--scopes <scopes>', `what it may do, with commas: ${SCOPES.join(', ')}`, readScopes)
    .option('--expires <when>', 'an instant or a day (2026-12-31), or a span from now (90d)')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((given: { name: string; scopes: Scope[]; expires?: string }, command: Command) =>
      withContext(async (context) => {
        const { name, scopes, expires } = given
        const expiresAt = expires === undefined ? null : readExpiry(expires, context.clock.now())
        const { key, text } = await (await keysOf(context)).create(context.account.id, { name, scopes, expiresAt })
        const { writeOut, writeErr } = command.configureOutput()
        const until = key.expiresAt === null ? 'does not expire' : `expires at ${iso(key.expiresAt)}`
        writeErr!(`The key "${key.name}" may ${scopes.join(' and ')} and ${until}. It is not shown again:\n`)
        writeOut!(`${text}\n`)
      }),
    )

  keys
    .command('list')
    .description('List the keys, newest first, without their secrets.')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_given: object, command: Command) =>
      withContext(async (context) => {
        const list = await (await keysOf(context)).list(context.account.id)
        const text = list.length === 0 ? 'There are no keys.' : describe(list, context.clock.now())
        command.configureOutput().writeOut!(`${text}\n`)
      }),
    )

  keys
    .command('revoke')
    .description('Take a key away. Its next request is refused.')
    .argument('<key>', 'its id, or its name')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((idOrName: string, _given: object, command: Command) =>
      withContext(async (context) => {
        const key = await (await keysOf(context)).revoke(context.account.id, idOrName)
        if (!key) throw new Error(`There is no key "${idOrName}" in use. baton keys list names them.`)
        command.configureOutput().writeOut!(`The key "${key.name}" is revoked since ${iso(key.revokedAt!)}.\n`)
      }),
    )
}

async function keysOf(context: Context): Promise<ApiKeys> {
  const { createApiKeys } = await import('../http/api-keys.ts')
  return createApiKeys(context)
}

function describe(keys: readonly ApiKey[], now: Instant): string {
  return table(
    ['id', 'name', 'scopes', 'state', 'made', 'expires', 'last used'],
    keys.map((key) => [
      key.id,
      key.name,
      key.scopes.join(','),
      stateOf(key, now),
      iso(key.createdAt),
      key.expiresAt === null ? 'never' : iso(key.expiresAt),
      key.lastUsedAt === null ? 'never' : iso(key.lastUsedAt),
    ]),
  )
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Instant): string {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'in use'
}

function readName(text: string): string {
  const name = text.trim()
  // It is written into tickets and lists: one line of what can be seen.
  if (/^[\p{L}\p{N}\p{P}\p{S} ]{1,60}$/u.test(name)) return name
  throw new InvalidArgumentError('Must be 1 to 60 letters, digits, signs and spaces.')
}

function readScopes(text: string): Scope[] {
  const words = text.split(',').map((word) => word.trim())
  const wrong = words.find((word) => !(SCOPES as readonly string[]).includes(word))
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is none of ${SCOPES.join(', ')}.`)
  return SCOPES.filter((scope) => words.includes(scope))
}

/** A day lasts to its end. */
function readExpiry(text: string, now: Instant): Instant {
  const minutes = parseDuration(text)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const at = minutes !== null ? now + minutes * MINUTE_MS : isDay || isInstant ? Date.parse(text) : Number.NaN
  const expiresAt = isDay ? at + DAY_MS : at
  if (!Number.isFinite(expiresAt)) {
    throw new Error(`--expires: "${text}" is no day (2026-12-31), instant (2026-12-31T12:00:00Z) or span (90d)`)
  }
  if (expiresAt <= now) throw new Error(`--expires: ${iso(expiresAt)} has passed`)
  return expiresAt
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
