import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { DECISIONS, type DecisionKind } from '../../core/review/agenda.ts'
import { monthSpan } from '../../core/review/reasons.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Shape = { json?: true; markdown?: true }
type WeeklyOptions = Shape & { keep?: true }
type DecideOptions = { decision: DecisionKind; note: string; by: string; week?: string }
type MonthlyOptions = Shape & { month?: string }
type PostOptions = Shape & { well?: string; badly?: string; actions?: string; by: string; done?: true }

/** The looks back that keep escalations from being forgotten, and from coming again. */
export function addReviewsCommands(program: Command): void {
  const reviews = program.command('reviews').description('Hold the weekly, monthly and post-escalation reviews.')

  shaped(reviews.command('weekly'))
    .description('Print the agenda of the backlog review: what is aged, stalled, stuck, without an estimate, or owed.')
    .option('--keep', "hold the review: keep the agenda, so that next week's is compared with it")
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ keep, ...shape }: WeeklyOptions, command: Command) =>
      withContext(async (context) => {
        const { gatherAgenda } = await import('../review/gather.ts')
        const { agendaTable } = await import('./reviews-report.ts')
        const { agendaMarkdown } = await import('../../core/review/write-agenda.ts')
        const agenda = await gatherAgenda(context.account.id, context, { keep: keep === true })
        print(command, shape, agenda, agendaMarkdown, agendaTable)
      }),
    )

  reviews
    .command('decide')
    .description("Record what the weekly review decided about an escalation on this week's agenda.")
    .argument('<escalation>', 'its id, such as ESC-2026-000123')
    .addOption(new Option('--decision <word>', 'what was decided').choices(DECISIONS).makeOptionMandatory())
    .option('--note <text>', 'why, or what was agreed', '')
    .option('--by <name>', 'who decided', userInfo().username)
    .option('--week <week>', 'of another week that was kept, such as 2026-W10')
    .addHelpText('after', `\nNothing happens by itself: who it falls to does it in the ticket.\n${ENVIRONMENT_HELP}`)
    .action((escalationId: string, options: DecideOptions, command: Command) =>
      withContext(async (context) => {
        const { decideInWeek } = await import('../review/decide.ts')
        const week = await decideInWeek(context.account.id, context, { escalationId, ...options })
        command.configureOutput().writeOut!(`${escalationId}: ${options.decision}, recorded for ${week}.\n`)
      }),
    )

  shaped(reviews.command('monthly'))
    .description(
      'Print why tickets were escalated in a month: mix, returns, what could have been lower, topics to teach.',
    )
    .option('--month <month>', 'such as 2026-03; left out: the last month that is over', readMonth)
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ month, ...shape }: MonthlyOptions, command: Command) =>
      withContext(async (context) => {
        const { gatherReasons } = await import('../review/gather.ts')
        const { reasonsMarkdown } = await import('../../core/review/write-reasons.ts')
        const review = await gatherReasons(context.account.id, context, month ?? lastMonth(context.clock.now()))
        print(command, shape, review!, reasonsMarkdown, reasonsMarkdown)
      }),
    )

  shaped(reviews.command('post'))
    .description('List the reviews that ended escalations call for; with an id, print one or write down its answers.')
    .argument('[escalation]', 'its id, such as ESC-2026-000123')
    .option('--well <text>', 'what went well')
    .option('--badly <text>', 'what went badly')
    .option('--actions <text>', 'what is changed')
    .option('--by <name>', 'who answers', userInfo().username)
    .option('--done', 'the review is finished')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((escalationId: string | undefined, options: PostOptions, command: Command) =>
      withContext(async (context) => {
        const { listPosts, showPost } = await import('./reviews-post.ts')
        const { writeOut } = command.configureOutput()
        const text =
          escalationId === undefined
            ? await listPosts(context, options)
            : await showPost(context, escalationId, options)
        writeOut!(`${text}\n`)
      }),
    )
}

function shaped(command: Command): Command {
  return command
    .addOption(new Option('--json', 'print the answer as JSON').conflicts('markdown'))
    .option('--markdown', 'print it as Markdown')
}

function print<T>(
  command: Command,
  { json, markdown }: Shape,
  answer: T,
  asMarkdown: (answer: T) => string,
  asText: (answer: T) => string,
): void {
  const text = json ? JSON.stringify(answer, null, 2) : markdown ? asMarkdown(answer) : asText(answer)
  command.configureOutput().writeOut!(`${text.trimEnd()}\n`)
}

function readMonth(text: string): string {
  if (monthSpan(text)) return text
  throw new InvalidArgumentError('Write a month such as 2026-03.')
}

/** Of two months the one that is over tells more. */
function lastMonth(now: number): string {
  const date = new Date(now)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
}
