import { type Command, InvalidArgumentError } from 'commander'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { ticket?: number; json?: true }

export function addVerifyCommands(program: Command): void {
  program
    .command('verify')
    .description("Recompute what Baton says from Zendesk's own events, and show both with every difference.")
    .requiredOption('--ticket <n>', 'every clock and step of one ticket', readTicketId)
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', HELP)
    .action(({ ticket, json }: Options, command: Command) =>
      withContext(async (context) => {
        const { verifyTicket } = await import('../verify/verify-ticket.ts')
        const { describeVerification } = await import('./verify-ticket-report.ts')
        const found = await verifyTicket(context, ticket!)
        command.configureOutput().writeOut!(`${json ? JSON.stringify(found, null, 2) : describeVerification(found)}\n`)
        if (found.unexplained > 0) process.exitCode = 2
      }),
    )
}

const HELP = `
Exits with 0 when the two agree or each difference has a reason, with 2 when some have none, and with 1 when it could
not be verified. Nothing is changed, in Zendesk or in the record.
${ENVIRONMENT_HELP}`

function readTicketId(text: string): number {
  const id = Number(text)
  if (/^\d+$/.test(text) && id > 0 && Number.isSafeInteger(id)) return id
  throw new InvalidArgumentError('Write the number of a ticket, such as 35436.')
}
