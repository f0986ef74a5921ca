import { setTimeout as delay } from 'node:timers/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { type Instant, MINUTE_MS, parseDuration, SECOND_MS } from '../../core/units.ts'
import type { Context } from '../context.ts'
import type { SyncStanding } from '../sync/standing.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { watch?: true; json?: true }
type StartOptions = { from?: Instant; history?: number }

const LOOK_AGAIN_MS = 2 * SECOND_MS
/** Clears the terminal. */
const CLEAR = '\u001b[2J\u001b[H'

/** `sync` and `sync start`: how far Zendesk's exports were read, and from when on. */
export function addSyncCommands(program: Command): void {
  const sync = program
    .command('sync')
    .description(
      'Show how far the account was read: each export, what was kept, calls used, time left, what was repaired.',
    )
    .option('--watch', 'show it again every two seconds until all is read; stop with Ctrl+C')
    .option('--json', 'print it as JSON')
    .addHelpText('after', HELP)
    .action(({ watch, json }: Options, command: Command) =>
      withContext(async (context) => {
        const { describeSync, describeSyncShortly, listSync } = await import('./sync-report.ts')
        const print = (text: string) => command.configureOutput().writeOut!(text)
        for (;;) {
          const standing = await readStanding(context)
          const now = context.clock.now()
          if (json) print(`${JSON.stringify(listSync(standing), null, 2)}\n`)
          else if (!watch) print(`${describeSync(standing, now)}\n`)
          else if (process.stdout.isTTY) print(`${CLEAR}${describeSync(standing, now)}\n`)
          else print(`${describeSyncShortly(standing, now)}\n`)
          if (!watch || isRead(standing)) return
          await delay(LOOK_AGAIN_MS)
        }
      }),
    )

  sync
    .command('start')
    .description('Read the account further back than before; the running server does the reading.')
    .option('--from <date>', 'since this day (2025-01-01) or instant; 0 for everything', readFrom)
    .option('--history <span>', 'as far back as this, such as 365d', readSpan)
    .addHelpText('after', START_HELP)
    .action(({ from, history }: StartOptions, command: Command) =>
      withContext(async (context) => {
        if ((from === undefined) === (history === undefined)) throw new Error('Say either --from or --history.')
        const begin = from ?? context.clock.now() - history!
        command.configureOutput().writeOut!(`${await startFrom(context, Math.max(0, begin))}\n`)
      }),
    )
}

async function readStanding({ db, account, clock }: Context): Promise<SyncStanding> {
  const { inAccount } = await import('../db/in-account.ts')
  const { syncStanding } = await import('../sync/standing.ts')
  return inAccount(db, account.id, (tx) => syncStanding(tx, clock.now()))
}

async function startFrom({ config, db, account, clock, jobs }: Context, begin: Instant): Promise<string> {
  if (config.history === null) {
    throw new Error(
      'BATON_HISTORY is off, so only escalated tickets are kept. Set it to a span such as 400d, or to all.',
    )
  }
  const { inAccount } = await import('../db/in-account.ts')
  const { extendHistory } = await import('../sync/history.ts')
  const names = ['tickets-history', 'ticket-events-history'] as const
  const moved = await inAccount(db, account.id, async (tx) => {
    let moved = 0
    for (const name of names) {
      if (!(await extendHistory(tx, name, begin, clock.now()))) continue
      moved += 1
      await jobs.enqueue(tx, 'sync', { accountId: account.id, export: name })
    }
    return moved
  })
  const since = new Date(begin).toISOString().slice(0, 16).replace('T', ' ')
  if (moved === 0) return `The account is read from ${since}Z or earlier already.`
  return `The server reads the account from ${since}Z on. \`baton sync --watch\` shows how far it is.`
}

function isRead({ exports }: SyncStanding): boolean {
  return exports.every(({ state }) => ['done', 'current', 'denied', 'absent'].includes(state))
}

function readFrom(text: string): Instant {
  if (text === '0') return 0
  const at = Date.parse(text)
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at)) return at
  throw new InvalidArgumentError('Write a day such as 2025-01-01, an instant, or 0.')
}

function readSpan(text: string): number {
  const minutes = parseDuration(text)
  if (minutes !== null) return minutes * MINUTE_MS
  throw new InvalidArgumentError('Write a span such as 365d or 8w.')
}

const HELP = `
Zendesk allows all exports of an account ten calls a minute together (thirty with its High Volume add-on).
${ENVIRONMENT_HELP}`

const START_HELP = `
What was read stays. A history that was read to its end is left as it is and only the time before it is read; one that is
being read begins anew from the earlier day. How far back a new account is read: BATON_HISTORY.
${ENVIRONMENT_HELP}`
