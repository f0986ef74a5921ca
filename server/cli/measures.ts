import type { Command } from 'commander'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

/** What reports are made of. */
export function addMeasuresCommands(program: Command): void {
  const measures = program.command('measures').description('Keep the figures of reports in order.')

  measures
    .command('recompute')
    .description('Measure every escalation anew from the record, and add up all weeks.')
    .addHelpText(
      'after',
      `\nFigures are kept in step by the server; after a change of the policy's customer tiers this brings the past into line.\nSafe at any time, and beside a running server.\n${ENVIRONMENT_HELP}`,
    )
    .action((_: object, command: Command) =>
      withContext(async (context) => {
        const { recompute } = await import('../analytics/recompute.ts')
        const { tickets, ms } = await recompute(context)
        command.configureOutput().writeOut!(`${tickets} tickets measured in ${(ms / 1000).toFixed(1)} s.\n`)
      }),
    )
}
