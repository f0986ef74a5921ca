import type { Command } from 'commander'
import { describeSchedules } from './schedules-report.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

export function addSchedulesCommands(program: Command): void {
  const schedules = program
    .command('schedules')
    .description('List the schedules clocks count by: where from, since when, what is open next, and holidays to come.')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_options: object, command: Command) =>
      withContext(async (context) => {
        const { listSchedules } = await import('../schedules/list.ts')
        const { writeOut } = command.configureOutput()
        writeOut!(`${describeSchedules(await listSchedules(context), context.clock.now())}\n`)
      }),
    )

  schedules
    .command('read')
    .description('Read the schedules that the policy takes from Zendesk now, instead of within five minutes.')
    .option('--dry-run', 'say which deadlines of open escalations would move, and change nothing')
    .addHelpText(
      'after',
      `\nExits with 1 when one of them cannot be read; it then stays as it was.\n${ENVIRONMENT_HELP}`,
    )
    .action(({ dryRun = false }: { dryRun?: boolean }, command: Command) =>
      withContext(async (context) => {
        const { readSchedules } = await import('./read-schedules.ts')
        const print = (line: string) => command.configureOutput().writeOut!(`${line}\n`)
        await readSchedules(context, { dryRun }, print)
      }),
    )
}
