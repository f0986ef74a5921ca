import { type Command, InvalidArgumentError } from 'commander'
import type { Instant } from '../../core/units.ts'
import { readWhen, windowOf } from './read-window.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { from?: Instant; to?: Instant; ticket?: number; json?: true }

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('Look through histories of tickets for what is worth a look.')
  audit
    .command('clocks')
    .description(
      'What may have moved a clock without moving the problem: by pattern first, with the updates that show it.',
    )
    .option('--from <day>', 'since then, such as 2026-03-01; left out: thirty days before the end', readWhen)
    .option('--to <day>', 'before then; left out: now', readWhen)
    .option('--ticket <n>', 'one ticket, read afresh from Zendesk with the words of its comments', readTicketId)
    .option('--json', 'print the answer as JSON, with every finding')
    .addHelpText('after', HELP)
    .action(({ ticket, json, ...asked }: Options, command: Command) =>
      withContext(async (context) => {
        const print = (answer: object, text: string) =>
          command.configureOutput().writeOut!(`${json ? JSON.stringify(answer, null, 2) : text}\n`)
        const { describeAudit, describeTicketAudit } = await import('./audit-report.ts')
        if (ticket !== undefined) {
          const { auditOneTicket } = await import('../audit/audit-ticket.ts')
          const found = await auditOneTicket(context, ticket)
          return print(found, describeTicketAudit(ticket, found))
        }
        const { gatherAudit } = await import('../audit/gather-audit.ts')
        const found = await gatherAudit(context.account.id, context, windowOf(asked, context.clock.now()))
        print(found, describeAudit(found))
      }),
    )
}

const HELP = `
It says what happened, not why: each pattern has honest reasons, which are printed with it. People are named only with
the policy's least number of chances (reviews.least), as a share beside everybody else's. Of the account's history no
words are kept; with --ticket the comments are read, and a pending that asks nothing is found as well.
${ENVIRONMENT_HELP}`

function readTicketId(text: string): number {
  const id = Number(text)
  if (/^\d+$/.test(text) && id > 0 && Number.isSafeInteger(id)) return id
  throw new InvalidArgumentError('Write the number of a ticket, such as 35436.')
}
