import { type Command, InvalidArgumentError } from 'commander'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type Options = {
  text?: string
  component?: string
  eval?: string
  queries?: string
  evalRouting?: string
  folds: number
  json?: true
}

const FORMATS = `
Files that are measured with (docs/similar.md):
  corpus    one JSON object a line, or the same with gzip: {"id", "summary", "description", "created", "project"};
            only reports of the same project that are older than a query are candidates for it
  queries   JSON: {"queries": [{"query": "<id>", "relevant": ["<id>", …]}, …]}
  routing   one JSON object a line: {"text", "label"}
A file that is not there is said so, and the exit code is 0: measuring is for those who have the data.
`

/** Past escalations like a problem, and how well they are found. */
export function addSimilarCommands(program: Command): void {
  const similar = program
    .command('similar')
    .description('Find resolved escalations like a text, or measure how well they are found.')
    .option('--text <text>', 'a problem in words; answers with the escalations most like it')
    .option('--component <id>', 'with --text: the component it is in')
    .option('--eval <corpus>', 'measure recall, mean reciprocal rank and time with this corpus …')
    .option('--queries <file>', '… and these queries')
    .option('--eval-routing <file>', 'measure how well labels are learnt, by k-fold')
    .option('--folds <k>', 'with --eval-routing: how many folds', readFolds, 5)
    .option('--json', 'print the answer as JSON')
    .argument('[queries]', 'the same as --queries')
    .addHelpText('after', FORMATS + ENVIRONMENT_HELP.replace('Needs', '--text and rebuild need'))
    .action(async (queries: string | undefined, options: Options, command: Command) => {
      const { measureRouting, measureSearch } = await import('./similar-report.ts')
      const json = options.json === true
      if (options.eval !== undefined) {
        const file = options.queries ?? queries
        if (file === undefined) throw new Error('--eval needs the queries as well: --eval CORPUS QUERIES')
        print(command, await measureSearch(options.eval, file, json))
      } else if (options.evalRouting !== undefined) {
        print(command, await measureRouting(options.evalRouting, options.folds, json))
      } else if (options.text !== undefined) {
        const { text, component = null } = options
        await withContext(async (context) => {
          const { describeSimilar } = await import('./similar-answer.ts')
          print(command, await describeSimilar(context, { text, component, json }))
        })
      } else throw new Error('Say what to find with --text, or what to measure with --eval or --eval-routing.')
    })

  similar
    .command('counts')
    .description(
      'How often a past escalation stopped one, was not the same, and what was suggested was taken or refused.',
    )
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_options: unknown, command: Command) =>
      withContext(async ({ db, account }) => {
        const { describeCounts } = await import('./similar-counts.ts')
        print(command, await describeCounts(db, account.id))
      }),
    )

  similar
    .command('rebuild')
    .description("Keep the cases anew from the account's record. Servers that run take it up by themselves.")
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_options: unknown, command: Command) =>
      withContext(async ({ db, account }) => {
        const { rebuildCases } = await import('../similar/rebuild.ts')
        print(command, `${await rebuildCases(db, account.id)} resolved escalations are kept.`)
      }),
    )
}

function print(command: Command, text: string): void {
  command.configureOutput().writeOut!(`${text}\n`)
}

function readFolds(text: string): number {
  const folds = Number(text)
  if (/^\d+$/.test(text) && folds >= 2 && folds <= 20) return folds
  throw new InvalidArgumentError('Write a whole number from 2 to 20.')
}
