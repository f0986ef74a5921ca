import type { Command } from 'commander'
import type { Administration } from '../admin/administer.ts'
import { describeStep } from '../admin/describe-step.ts'
import type { Finding } from '../admin/doctor.ts'
import type { Context } from '../context.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

/** `setup`, `doctor` and `uninstall`: they need the server's environment, and reach Zendesk. */
export function addAdminCommands(program: Command): void {
  program
    .command('setup')
    .description('Make in Zendesk what Baton needs: groups, ticket fields, webhook, trigger, view. Safe to run again.')
    .option('--dry-run', 'show what would change, and change nothing')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ dryRun }: { dryRun?: boolean }) => withAdministration(dryRun ? showPlan : runSetup))

  program
    .command('doctor')
    .description('Look at everything an installation needs and say what is missing or drifted. Changes nothing.')
    .addHelpText('after', `\nExits with 1 when something does not work as it should.\n${ENVIRONMENT_HELP}`)
    .action(() => withAdministration(examine))

  program
    .command('uninstall')
    .description('Take trigger, webhook and view away. Tickets, groups and, unless asked, the ticket fields stay.')
    .option('--with-fields', 'delete the ticket fields too, with their values on all tickets')
    .option('--dry-run', 'show what would be taken away, and change nothing')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ withFields = false, dryRun = false }: { withFields?: boolean; dryRun?: boolean }) =>
      withAdministration((administration) => takeAway(administration, { withFields, dryRun })),
    )
}

function withAdministration(run: (administration: Administration, context: Context) => Promise<void>): Promise<void> {
  return withContext(async (context) => {
    const { administer } = await import('../admin/administer.ts')
    await run(administer(context), context)
  })
}

async function showPlan({ plan }: Administration): Promise<void> {
  const steps = await plan()
  if (steps.length === 0) return console.log('Everything is there. Nothing would change.')
  console.log(`${steps.length} change(s) would be made:`)
  for (const step of steps) console.log(`  ${describeStep(step)}`)
}

async function runSetup({ setup }: Administration, { account, config, secrets }: Context): Promise<void> {
  let changes = 0
  await setup((sentence) => {
    changes += 1
    console.log(`  ${sentence}`)
  })
  console.log(changes === 0 ? 'Everything was there already.' : `Done: ${changes} change(s) in ${account.subdomain}.`)
  if ((await secrets.get(account.id, 'app')) === null) {
    console.log('Next: set BATON_APP_SECRET, and put the same text into the app’s setting `shared_secret`.')
  }
  console.log(`The app’s setting \`server_url\` is ${config.publicUrl}`)
}

const MARKS: Record<Finding['level'], string> = { ok: 'ok     ', warning: 'warning', failure: 'FAILURE' }

async function examine({ doctor }: Administration): Promise<void> {
  const findings = await doctor()
  for (const { level, title, advice } of findings) {
    console.log(`${MARKS[level]}  ${title}${advice ? `\n         ${advice}` : ''}`)
  }
  if (findings.some(({ level }) => level === 'failure')) process.exitCode = 1
}

async function takeAway(
  { removals, remove }: Administration,
  { withFields, dryRun }: { withFields: boolean; dryRun: boolean },
): Promise<void> {
  const planned = await removals({ withFields })
  if (planned.length === 0) return console.log('Nothing of Baton’s is known to be in this account.')
  for (const { sentence } of planned) console.log(`  ${sentence}`)
  if (dryRun) return console.log('Nothing was changed.')
  await remove(planned, { withFields })
  console.log('Done.')
}
