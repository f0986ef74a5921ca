import { type Command, InvalidArgumentError } from 'commander'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { ticket: number; explain?: true; json?: true }

export function addClocksCommands(program: Command): void {
  program
    .command('clocks')
    .description("Show the clocks of a ticket, why each is due when it is, and Zendesk's own SLA clocks beside them.")
    .requiredOption('--ticket <n>', 'number of the ticket in Zendesk', readTicketId)
    .option('--explain', 'list every stretch that was counted, and every one that was not')
    .option('--json', 'print the answer as JSON, with all stretches')
    .addHelpText('after', HELP)
    .action(async ({ ticket, explain, json }: Options, command: Command) => {
      const { gatherClocks } = await import('./clocks-gather.ts')
      const { describeClocks, listClocks } = await import('./clocks-report.ts')
      await withContext(async (context) => {
        const found = await gatherClocks(context, ticket)
        const text = json ? JSON.stringify(listClocks(found), null, 2) : describeClocks(found, explain === true)
        command.configureOutput().writeOut!(`${text}\n`)
      })
    })
}

const HELP = `
When Zendesk does not answer, its side is taken from what was kept of its export, and the output says so.
Exits with 1 and says why when the ticket has no escalation that Baton knows of.
${ENVIRONMENT_HELP}`

function readTicketId(text: string): number {
  const id = Number(text)
  if (/^\d+$/.test(text) && id > 0 && Number.isSafeInteger(id)) return id
  throw new InvalidArgumentError('Write the number of a ticket, such as 35436.')
}
