import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Instant } from '../../core/units.ts'
import { RECOUNTED, type RecountedMeasure } from '../../core/verify/recount.ts'
import type { Context } from '../context.ts'
import { readWhen, windowOf } from './read-window.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Window = { from?: Instant; to?: Instant }
type Options = Window & { ticket?: number; report?: RecountedMeasure; agreement?: true; by?: 'tier'; json?: true }

/** What was verified, for people and for programs. */
type Verified = { found: { unexplained: number }; text: string }

export function addVerifyCommands(program: Command): void {
  program
    .command('verify')
    .description("Recompute what Baton says from Zendesk's own events, and show both with every difference.")
    .option('--ticket <n>', 'every clock and step of one ticket, read afresh', readTicketId)
    .addOption(
      new Option('--report <measure>', 'a figure of the reports, counted again from events').choices([...RECOUNTED]),
    )
    .option('--agreement', "how many of Zendesk's own clocks agree with the record, over the account")
    .option('--from <day>', 'of --report and --agreement: since then; left out: thirty days before the end', readWhen)
    .option('--to <day>', 'before then; left out: now', readWhen)
    .addOption(new Option('--by <dimension>', 'of --report: broken down').choices(['tier']))
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', HELP)
    .action((options: Options, command: Command) => {
      const wanted = [options.ticket, options.report, options.agreement].filter((one) => one !== undefined)
      if (wanted.length !== 1) throw new Error('Say what to verify: one of --ticket, --report and --agreement.')
      return withContext(async (context) => {
        const { found, text } = await verified(context, options)
        command.configureOutput().writeOut!(`${options.json ? JSON.stringify(found, null, 2) : text}\n`)
        if (found.unexplained > 0) process.exitCode = 2
      })
    })
}

async function verified(context: Context, { ticket, report, by, ...window }: Options): Promise<Verified> {
  if (ticket !== undefined) {
    const { verifyTicket } = await import('../verify/verify-ticket.ts')
    const { describeVerification } = await import('./verify-ticket-report.ts')
    const found = await verifyTicket(context, ticket)
    return { found, text: describeVerification(found) }
  }
  const span = windowOf(window, context.clock.now())
  if (report !== undefined) {
    const { verifyReport } = await import('../verify/verify-report.ts')
    const { describeReportVerification } = await import('./verify-figures-report.ts')
    const found = await verifyReport(context, { measure: report, ...span, by: by ?? null })
    return { found, text: describeReportVerification(found) }
  }
  const { verifyAgreement } = await import('../verify/agreement.ts')
  const { describeAgreement } = await import('./verify-figures-report.ts')
  const agreement = await verifyAgreement(context, span)
  const { unexplained: examples, ...rest } = agreement
  const unexplained = rest.reckoned.unexplained + rest.beside.unexplained
  return { found: { ...rest, unexplained, ...{ examples } }, text: describeAgreement(agreement) }
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
