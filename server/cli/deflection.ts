import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { EscalationId } from '../../core/contract/escalation-id.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type SpanOptions = { from?: number; to?: number; json?: true }
type AuditOptions = { mark?: string; verdict?: 'lower' | 'not-lower' | 'unclear'; month?: string; by: string }

/** What the first tier could have solved, what it cost, and what would have helped. */
export function addDeflectionCommands(program: Command): void {
  program
    .command('patterns')
    .description('List escalations that were solved the same way: how often, lately, how, and which article.')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ json }: { json?: true }, command: Command) =>
      withContext(async (context) => {
        const { showPatterns } = await import('./deflection-report.ts')
        print(command, await showPatterns(context, { json: json === true }))
      }),
    )

  const deflection = program
    .command('deflection')
    .description('Print what could have been deflected: hours with an interval, what is known, and what to write.')
    .option('--from <date>', 'resolved from this day on; left out: 90 days ago', readDate)
    .option('--to <date>', 'and before this one; left out: now', readDate)
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ json, ...span }: SpanOptions, command: Command) =>
      withContext(async (context) => {
        const { showDeflection } = await import('./deflection-report.ts')
        print(command, await showDeflection(context, { ...span, json: json === true }))
      }),
    )

  deflection
    .command('audit')
    .description('List the twenty escalations of a month that were drawn by lot; with --mark, say what one was.')
    .option('--month <month>', 'such as 2026-03; left out: this month', readMonth)
    .option('--mark <escalation>', 'one of them', readEscalationId)
    .addOption(
      new Option('--verdict <word>', 'whether a lower tier could have solved it').choices([
        'lower',
        'not-lower',
        'unclear',
      ]),
    )
    .option('--by <name>', 'who looked at it', userInfo().username)
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((options: AuditOptions, command: Command) => {
      if ((options.mark === undefined) !== (options.verdict === undefined)) {
        command.error('Give --mark and --verdict together.')
      }
      return withContext(async (context) => {
        const { audit } = await import('./deflection-report.ts')
        print(command, await audit(context, options))
      })
    })
}

function print(command: Command, text: string): void {
  command.configureOutput().writeOut!(`${text}\n`)
}

function readDate(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new InvalidArgumentError('Write a day such as 2026-03-06.')
  return at
}

function readMonth(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text
  throw new InvalidArgumentError('Write a month such as 2026-03.')
}

function readEscalationId(text: string): string {
  const read = EscalationId.safeParse(text)
  if (read.success) return read.data
  throw new InvalidArgumentError('Write an id such as ESC-2026-000123.')
}
