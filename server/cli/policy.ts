import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { loadPolicy, type Policy } from '../../core/policy/load.ts'
import { formatProblem } from '../../core/policy/problems.ts'
import { formatDuration, type Minutes } from '../../core/units.ts'
import { presetNames, readPreset } from '../policy/preset.ts'
import { timeTables } from './policy-time.ts'
import { readInput } from './read-input.ts'
import { table } from './table.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type ApplyOptions = { reason: string; author: string; open?: boolean; dryRun?: boolean }

/** `apply` and `show` need the server's environment; the others need nothing. */
export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('Work with escalation policies.')

  policy
    .command('check')
    .description('Check a policy: every mistake with line and column, or a summary of what it says.')
    .argument('<file>', "the policy in YAML; '-' reads standard input")
    .addHelpText('after', '\nExits with 1 when the policy would be refused. Warnings do not refuse it.')
    .action(async (file: string, _options: object, command: Command) => {
      const print = (text: string) => command.configureOutput().writeOut!(`${text}\n`)
      const name = file === '-' ? 'standard input' : file
      const loaded = loadPolicy(await readInput(file))
      if (!loaded.ok) throw new Error(loaded.problems.map((problem) => formatProblem(name, problem)).join('\n'))
      for (const warning of loaded.warnings) print(`warning: ${formatProblem(name, warning)}`)
      print(summaryOf(loaded.policy))
    })

  policy
    .command('preset')
    .description('Print a policy that is ready to use, to begin your own with.')
    .argument('<name>', presetNames().join(' or '))
    .action((name: string, _options: object, command: Command) => {
      command.configureOutput().writeOut!(readPreset(name))
    })

  policy
    .command('apply')
    .description(
      'Put a policy in force, once nothing is wrong with it and Zendesk has its groups; lists the open escalations it touches first.',
    )
    .argument('<file>', "the policy in YAML; '-' reads standard input")
    .requiredOption('--reason <text>', 'why, for whoever looks at the versions later')
    .option('--author <name>', 'who', userInfo().username)
    .option('--open', 'let open escalations count by it too; left out, they keep what they began with')
    .option('--dry-run', 'say which open escalations it would touch, and change nothing')
    .addHelpText(
      'after',
      '\nA policy that is refused, with exit code 1, leaves the one in force as it is. Deadlines that follow from a\n' +
        'schedule it changes move in open escalations too; what was counted before stays.\n' +
        ENVIRONMENT_HELP,
    )
    .action(async (file: string, options: ApplyOptions, command: Command) => {
      const { writeOut } = command.configureOutput()
      const yaml = await readInput(file)
      const name = file === '-' ? 'standard input' : file
      const { applyPolicy } = await import('./apply-policy.ts')
      const print = (line: string) => writeOut!(`${line}\n`)
      await withContext((context) => applyPolicy(context, { name, yaml, ...options }, print))
    })

  policy
    .command('show')
    .description('Print the policy in force as it was written; standard error says its version, author and reason.')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_options: object, command: Command) =>
      withContext(async ({ db, account, clock }) => {
        const { currentPolicyVersion } = await import('../policy/store.ts')
        const { writeOut, writeErr } = command.configureOutput()
        const { version, yaml, author, reason, effectiveAt } = await currentPolicyVersion(db, account.id, clock.now())
        writeErr!(
          `Version ${version}, in force since ${new Date(effectiveAt).toISOString()}, by ${author}: ${reason}\n`,
        )
        writeOut!(yaml)
      }),
    )
}

function summaryOf(policy: Policy): string {
  const { severityOverrides, components, rules, urgency, note } = policy
  const tiers = policy.tiers.map((tier) => [
    `L${tier.level}`,
    tier.name,
    span(tier.targets.firstResponse),
    span(tier.targets.resolution),
    tier.next === null ? '' : `L${tier.next}`,
  ])
  const queues = policy.queues.map((queue) => {
    const isDefault = policy.tiers.some(({ defaultQueue }) => defaultQueue === queue.id)
    const own = components.filter((component) => component.queues[queue.tier] === queue.id).map(({ id }) => id)
    return [`L${queue.tier}`, queue.id, queue.group, isDefault ? 'yes' : '', own.join(', ')]
  })
  const overrides = Object.values(severityOverrides).map((override) => [
    override.severity,
    `L${override.routeTo}`,
    override.notification ?? '',
  ])
  const ruleRows = rules.map((rule) => [rule.id, String(rule.all.length + rule.any.length), saidBy(rule), rule.title])
  return [
    `${policy.name}: the policy is good (version ${policy.version})`,
    table(['TIER', 'NAME', 'FIRST RESPONSE', 'RESOLUTION', 'NEXT'], tiers),
    table(['TIER', 'QUEUE', 'ZENDESK GROUP', 'DEFAULT', 'COMPONENTS'], queues),
    ...timeTables(policy),
    ...(overrides.length > 0 ? [table(['SEVERITY', 'GOES TO', 'NOTIFICATION'], overrides)] : []),
    ...(ruleRows.length > 0 ? [table(['RULE', 'CONDITIONS', 'SETS', 'TITLE'], ruleRows)] : []),
    `${urgency.length} urgency points; a note needs ${note.bar} of 100, ${note.sentAtOnce.join(' and ') || 'no severity'} may go at once`,
  ].join('\n\n')
}

function saidBy({ set }: Policy['rules'][number]): string {
  const parts = [
    set.queue ? `queue ${set.queue}` : set.tier ? `tier ${set.tier}` : '',
    set.severity ?? '',
    set.priority ?? '',
    set.targets.firstResponse === null ? '' : `first response ${span(set.targets.firstResponse)}`,
    set.targets.resolution === null ? '' : `resolution ${span(set.targets.resolution)}`,
    set.tags.length > 0 ? `tags ${set.tags.join(' ')}` : '',
    set.approval ? `once ${set.approval} approves` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

function span(minutes: Minutes | null): string {
  return minutes === null ? '-' : formatDuration(minutes)
}
