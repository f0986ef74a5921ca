import { type Command, InvalidArgumentError } from 'commander'
import { readZoneName } from '../../core/clock/zone-name.ts'
import { nearest } from '../../core/nearest.ts'
import { loadPolicy, type Policy } from '../../core/policy/load.ts'
import { formatProblem } from '../../core/policy/problems.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import { type Asked, describeOnCall, listOnCall } from './oncall-report.ts'
import { readInput } from './read-input.ts'

type Options = { policy: string; schedule?: string; days: number; at?: Instant; zone?: string; json?: true }

const MAX_DAYS = 366

export function addOncallCommands(program: Command): void {
  program
    .command('oncall')
    .description('Say who is on call, until when, who is next, and who follows in the days to come, gaps included.')
    .requiredOption('--policy <file>', "the policy in YAML; '-' reads standard input")
    .option('--schedule <id>', 'only this schedule')
    .option('--days <n>', `how many days to show, 1 to ${MAX_DAYS}`, readDays, 14)
    .option('--at <instant>', 'ask about another instant, such as 2026-03-29T10:00:00Z; left out: now', readInstant)
    .option('--zone <zone>', 'show times in this time zone; left out: the zone of each schedule', readZone)
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', '\nExits with 1 and says why when the policy is refused or has no such schedule.')
    .action(async ({ policy: file, ...options }: Options, command: Command) => {
      const name = file === '-' ? 'standard input' : file
      const loaded = loadPolicy(await readInput(file))
      if (!loaded.ok) throw new Error(loaded.problems.map((problem) => formatProblem(name, problem)).join('\n'))

      const { onCall } = loaded.policy
      checkSchedule(onCall, options.schedule, name)
      const from = options.at ?? Date.now()
      const to = from + options.days * DAY_MS
      const asked: Asked = { onCall, from, to, only: options.schedule ?? null, zone: options.zone ?? null }
      const text = options.json ? JSON.stringify(listOnCall(asked), null, 2) : describeOnCall(asked)
      command.configureOutput().writeOut!(`${text}\n`)
    })
}

function checkSchedule({ schedules }: Policy['onCall'], id: string | undefined, file: string): void {
  const ids = schedules.map((schedule) => schedule.id)
  if (ids.length === 0) {
    throw new Error(`${file}: the policy has no on-call schedules; docs/oncall.md shows how to write them`)
  }
  if (id === undefined || ids.includes(id)) return
  const meant = nearest(id, ids)
  throw new Error(
    `${file}: there is no schedule "${id}"; ${meant ? `did you mean "${meant}"?` : `there are ${ids.join(', ')}`}`,
  )
}

function readDays(text: string): number {
  const days = Number(text)
  if (/^\d+$/.test(text) && days >= 1 && days <= MAX_DAYS) return days
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MAX_DAYS}.`)
}

function readInstant(text: string): Instant {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(instant)) return instant
  throw new InvalidArgumentError('Write an instant such as 2026-03-29T10:00:00Z or 2026-03-29T12:00:00+02:00.')
}

function readZone(text: string): string {
  const read = readZoneName(text)
  if (read.ok) return read.zone
  throw new InvalidArgumentError(read.message)
}
