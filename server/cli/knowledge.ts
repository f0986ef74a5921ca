import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import { EscalationId } from '../../core/contract/escalation-id.ts'
import type { Context } from '../context.ts'
import { ENVIRONMENT_HELP, withContext } from './with-context.ts'

type DraftOptions = { runbook?: true; by: string }
type SettleOptions = { url?: string; notNeeded?: string; by: string }

/** Articles that resolutions owe the knowledge base. */
export function addKnowledgeCommands(program: Command): void {
  const knowledge = program.command('knowledge').description('Write down what was learned: drafts and article debt.')

  knowledge
    .command('debt')
    .description('List the articles that are owed: by whom, since when, and until when.')
    .option('--all', 'also those that were settled in the last 90 days')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action(({ all, json }: { all?: true; json?: true }, command: Command) =>
      withContext(async (context) => {
        const { showDebts } = await import('./knowledge-report.ts')
        print(command, await showDebts(context, { all: all === true, json: json === true }))
      }),
    )

  knowledge
    .command('draft')
    .description('Have a draft for agents alone written to the Help Center, from a resolved escalation.')
    .argument('<escalation>', 'its id, such as ESC-2026-000123', readEscalationId)
    .option('--runbook', 'a runbook instead of an article')
    .option('--by <name>', 'who asks', userInfo().username)
    .addHelpText('after', `\nThe running server writes it, and tells the ticket where it is.\n${ENVIRONMENT_HELP}`)
    .action((escalationId: string, { runbook, by }: DraftOptions, command: Command) =>
      managing(async (manage) => {
        const form = runbook ? 'runbook' : 'article'
        await manage.draft(escalationId, { form, by })
        print(command, `The ${form} for ${escalationId} is asked for. Look with: baton knowledge debt`)
      }),
    )

  knowledge
    .command('settle')
    .description('Settle what an escalation owes: with the address of an article, or with why none is needed.')
    .argument('<escalation>', 'its id', readEscalationId)
    .option('--url <address>', 'of the article that says it', readUrl)
    .option('--not-needed <reason>', 'why no article is needed')
    .option('--by <name>', 'who says so', userInfo().username)
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((escalationId: string, { url, notNeeded = '', by }: SettleOptions, command: Command) => {
      if (url === undefined && notNeeded.trim() === '') command.error('Give --url, or --not-needed with the reason.')
      return managing(async (manage) => {
        await manage.settle(escalationId, { url: url ?? null, reason: notNeeded, by })
        print(command, `${escalationId} owes no article any more.`)
      })
    })

  knowledge
    .command('look')
    .description('Ask Zendesk now which drafts were published; the server does so every ten minutes.')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((_options: unknown, command: Command) =>
      withContext(async (context) => {
        const { lookAtDrafts } = await import('../knowledge/look-at-drafts.ts')
        const changed = await lookAtDrafts(context.account.id, { ...context, zendeskOf: context.zendeskFor })
        print(command, changed === 0 ? 'Nothing has changed.' : `${changed} published or gone.`)
      }),
    )
}

type Manage = ReturnType<typeof import('../knowledge/manage.ts').manageKnowledge>

async function managing(run: (manage: Manage) => Promise<void>): Promise<void> {
  const { manageKnowledge } = await import('../knowledge/manage.ts')
  await withContext((context: Context) => run(manageKnowledge(context.account.id, context)))
}

function print(command: Command, text: string): void {
  command.configureOutput().writeOut!(`${text}\n`)
}

function readEscalationId(text: string): string {
  const read = EscalationId.safeParse(text)
  if (read.success) return read.data
  throw new InvalidArgumentError('Write an id such as ESC-2026-000123.')
}

function readUrl(text: string): string {
  if (/^https?:\/\/\S+$/i.test(text)) return text
  throw new InvalidArgumentError('Write an address that begins with https://')
}
