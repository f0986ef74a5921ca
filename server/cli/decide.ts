import type { Command } from 'commander'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { decide } from '../../core/decide/decide.ts'
import type { Decision } from '../../core/decide/decision.ts'
import { DetermineInput, determineEscalation } from '../../core/decide/determine.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import { DecisionInputDocument } from '../../core/decide/input.ts'
import { loadPolicy, type Policy } from '../../core/policy/load.ts'
import { formatPath, formatProblem } from '../../core/policy/problems.ts'
import { readInput } from './read-input.ts'

export function addDecideCommands(program: Command): void {
  program
    .command('decide')
    .description('Say what a policy decides about an escalation, with everything it looked at.')
    .requiredOption('--policy <file>', 'the policy in YAML')
    .requiredOption(
      '--input <file>',
      "JSON or YAML: determine-escalation with its parameters, or escalation_note, or ticket, requester, organization, note …; '-' reads standard input",
    )
    .option('--no-trace', 'leave the trace out')
    .addHelpText('after', '\nPrints the decision as JSON. Exits with 1 and says why when policy or input is refused.')
    .action(async (options: { policy: string; input: string; trace: boolean }, command: Command) => {
      const loaded = loadPolicy(await readInput(options.policy))
      if (!loaded.ok) {
        throw new Error(loaded.problems.map((problem) => formatProblem(options.policy, problem)).join('\n'))
      }
      const given = readDocument(await readInput(options.input), options.input)
      const { trace, ...decision } = decideOn(loaded.policy, given, options.input)
      const answer = options.trace ? { ...decision, trace } : decision
      command.configureOutput().writeOut!(`${JSON.stringify(answer, null, 2)}\n`)
    })
}

function decideOn(policy: Policy, given: object, file: string): Decision {
  const now = Date.now()
  if ('parameters' in given || 'action' in given || 'issue' in given) {
    return determineEscalation(policy, checked(DetermineInput, given, file), now)
  }
  const input = checked(DecisionInputDocument, 'escalation_note' in given ? fromTemplate(given) : given, file)
  return decide(policy, gatherFacts({ ...input, now: input.now ?? now }, policy))
}

/** The escalation note template says by itself which tier the ticket is in: `escalated_from: L1`. */
function fromTemplate({ escalation_note: note, ...rest }: { escalation_note?: unknown }): object {
  const from = typeof note === 'object' && note !== null && 'escalated_from' in note ? String(note.escalated_from) : ''
  const level = /^L([1-4])$/i.exec(from.trim())?.[1]
  return { ...(level && { currentTier: Number(level) }), ...rest, note }
}

/** JSON is YAML, so one reader serves both. */
function readDocument(text: string, file: string): object {
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent' })
  const fault = document.errors[0]
  if (fault) throw new Error(`${file}: ${fault.message}`)
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${file}: expected keys such as "issue" or "note" (see baton decide --help)`)
  }
  return value
}

function checked<T extends z.ZodType>(schema: T, given: unknown, file: string): z.output<T> {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const lines = result.error.issues.map(({ path, message }) => {
    const place = formatPath(path.map((step) => (typeof step === 'symbol' ? String(step) : step)))
    return `${file}: ${place ? `${place}: ` : ''}${message}`
  })
  throw new Error(lines.join('\n'))
}
