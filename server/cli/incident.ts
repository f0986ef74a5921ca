import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type ByOptions = { by: string }
type TicketOptions = ByOptions & { ticket: number }

/** Major incidents: one problem for many tickets. */
export function addIncidentCommands(program: Command): void {
  const incident = program.command('incident').description('Keep many tickets of one major incident together.')

  incident
    .command('list')
    .description('List the open incidents.')
    .option('--all', 'also those that are closed')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ all, json }: { all?: true; json?: true }, command: Command) =>
      withContext(async (context) => {
        const { showIncidents } = await import('./incident-report.ts')
        print(command, await showIncidents(context, { all: all === true, json: json === true }))
      }),
    )

  incident
    .command('show')
    .description('Show one: its tickets, where they stand, and what was told.')
    .argument('<incident>', 'its id, such as INC-2026-0001')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((id: string, { json }: { json?: true }, command: Command) =>
      withContext(async (context) => {
        const { showIncident } = await import('./incident-report.ts')
        print(command, await showIncident(context, id, { json: json === true }))
      }),
    )

  withPerson(incident.command('open'))
    .description('Begin one with a ticket whose escalation is open; Zendesk gets a problem ticket.')
    .requiredOption('--ticket <n>', 'number of the ticket', readTicketId)
    .option('--title <text>', 'what has happened; left out: what the note says')
    .action(({ ticket, title, by }: TicketOptions & { title?: string }, command: Command) =>
      managing(async (manage) => {
        const id = await manage.open(ticket, { title: title ?? null, by })
        print(command, `${id} is open. Its problem ticket follows in a moment: baton incident show ${id}`)
      }),
    )

  for (const name of ['link', 'unlink'] as const) {
    withPerson(incident.command(name))
      .description(name === 'link' ? 'Put a ticket into an incident.' : 'Take a ticket out of an incident.')
      .argument('<incident>', 'its id')
      .requiredOption('--ticket <n>', 'number of the ticket', readTicketId)
      .action((id: string, { ticket, by }: TicketOptions, command: Command) =>
        managing(async (manage) => {
          await manage[name](id, ticket, by)
          print(command, `Ticket ${ticket} is ${name === 'link' ? 'part of' : 'no longer part of'} ${id}.`)
        }),
      )
  }

  withPerson(incident.command('update'))
    .description('Tell all tickets of an incident something at once.')
    .argument('<incident>', 'its id')
    .requiredOption('--text <text>', 'what to tell; a private comment in each ticket')
    .option('--to-customers', "send each customer an update too, by the policy's template; never this text")
    .action(
      (id: string, { text, toCustomers, by }: ByOptions & { text: string; toCustomers?: true }, command: Command) =>
        managing(async (manage) => {
          const told = await manage.update(id, { text, toCustomers: toCustomers === true, by })
          print(command, `Update ${told.number}: tickets ${told.tickets}, customers ${told.customers}.`)
        }),
    )

  withPerson(incident.command('close'))
    .description('Close an incident; its problem is solved if none of its tickets is open.')
    .argument('<incident>', 'its id')
    .requiredOption('--closing <text>', 'how it ended')
    .option('--force', 'although tickets in it are not resolved')
    .action((id: string, { closing, force, by }: ByOptions & { closing: string; force?: true }, command: Command) =>
      managing(async (manage) => {
        await manage.close(id, { closing, force: force === true, by })
        print(command, `${id} is closed.`)
      }),
    )
}

type Manage = ReturnType<typeof import('../incident/manage.ts').manageIncidents>

async function managing(run: (manage: Manage) => Promise<void>): Promise<void> {
  const { manageIncidents } = await import('../incident/manage.ts')
  await withContext((context: Context) => run(manageIncidents(context.account.id, context)))
}

function withPerson(command: Command): Command {
  return command.option('--by <name>', 'who', userInfo().username).addHelpText('after', ENVIRONMENT_HELP)
}

function print(command: Command, text: string): void {
  command.configureOutput().writeOut!(`${text}\n`)
}

function readTicketId(text: string): number {
  const id = Number(text)
  if (/^\d+$/.test(text) && id > 0 && Number.isSafeInteger(id)) return id
  throw new InvalidArgumentError('Write the number of a ticket, such as 35436.')
}
