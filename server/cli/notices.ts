import { type Command, InvalidArgumentError } from 'commander'
import type { ListedNotice } from '../notify/list-notices.ts'
import { table } from './table.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { ticket?: number; failed?: true; json?: true }

const MOST = 200

/** `notices` and `notices retry`: whom Baton told, and what did not arrive. */
export function addNoticesCommands(program: Command): void {
  const notices = program
    .command('notices')
    .description('List what people were told of escalations, and what became of each notice, oldest first.')
    .option('--ticket <n>', 'of this ticket alone', readTicketId)
    .option('--failed', 'only what failed')
    .option('--json', 'print them as JSON')
    .addHelpText('after', HELP)
    .action(async ({ ticket, failed, json }: Options, command: Command) => {
      const { findNotices } = await import('../notify/list-notices.ts')
      const { inAccount } = await import('../db/in-account.ts')
      await withContext(async ({ db, account }) => {
        const wanted = { ...(ticket === undefined ? {} : { ticketId: ticket }), isFailed: failed === true, most: MOST }
        const found = (await inAccount(db, account.id, (tx) => findNotices(tx, wanted))).toReversed()
        command.configureOutput().writeOut!(`${json ? JSON.stringify(found.map(plain), null, 2) : describe(found)}\n`)
      })
    })

  notices
    .command('retry')
    .description('Send a notice that failed once more, as if it had just come about. The running server sends it.')
    .argument('<id>', 'its id, as the list names it')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(async (id: string, _given: object, command: Command) => {
      const { retryNotice } = await import('../notify/list-notices.ts')
      const { inAccount } = await import('../db/in-account.ts')
      await withContext(async ({ db, account, clock, jobs }) => {
        const where = { accountId: account.id, now: clock.now() }
        const isQueued = await inAccount(db, account.id, (tx) => retryNotice(tx, jobs, id, where))
        if (!isQueued) throw new Error(`No notice "${id}" has failed. baton notices --failed lists those that have.`)
        command.configureOutput().writeOut!('It is queued again.\n')
      })
    })
}

const HELP = `
States: queued, sent (on its way), accepted (the channel has it), failed, suppressed (nobody was sent it).
The last ${MOST} are listed; notices of finished escalations are forgotten after 90 days.
${ENVIRONMENT_HELP}`

function describe(notices: readonly ListedNotice[]): string {
  if (notices.length === 0) return 'There are no such notices.'
  return table(
    ['when', 'ticket', 'escalation', 'kind', 'over', 'for', 'state', 'why', 'tries', 'id'],
    notices.map((one) => [
      iso(one.settledAt ?? one.createdAt)!,
      `#${one.ticketId}`,
      one.escalationId,
      one.kind,
      one.channel,
      one.recipient || '-',
      one.waitsUntil === null ? one.state : `${one.state} until ${iso(one.waitsUntil)}`,
      one.why ?? '-',
      String(one.attempts),
      one.id,
    ]),
  )
}

function plain({ createdAt, waitsUntil, settledAt, ...notice }: ListedNotice) {
  return { ...notice, createdAt: iso(createdAt), waitsUntil: iso(waitsUntil), settledAt: iso(settledAt) }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function readTicketId(text: string): number {
  const id = Number(text)
  if (/^\d+$/.test(text) && id > 0 && Number.isSafeInteger(id)) return id
  throw new InvalidArgumentError('Write the number of a ticket, such as 35436.')
}
