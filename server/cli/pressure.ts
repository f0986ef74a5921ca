import type { Command } from 'commander'
import type { Instant } from '../../core/units.ts'
import { readWhen, windowOf } from './read-window.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = { from?: Instant; to?: Instant; json?: true }

export function addPressureCommands(program: Command): void {
  program
    .command('pressure')
    .description(
      'How much weight from above and from repeated asking escalations carry, whether it buys speed, and what it displaces.',
    )
    .option('--from <day>', 'asked for since then, such as 2026-03-01; left out: thirty days before the end', readWhen)
    .option('--to <day>', 'asked for before then; left out: now', readWhen)
    .option('--json', 'print the answer as JSON, with every escalation')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ json, ...asked }: Options, command: Command) =>
      withContext(async (context) => {
        const { gatherPressure } = await import('../pressure/gather-pressure.ts')
        const { describePressure } = await import('./pressure-report.ts')
        const report = await gatherPressure(context.account.id, context, windowOf(asked, context.clock.now()))
        command.configureOutput().writeOut!(`${json ? JSON.stringify(report, null, 2) : describePressure(report)}\n`)
      }),
    )
}
