import type { Command } from 'commander'
import { answerClockRequests } from './clock-answer.ts'
import { readInput } from './read-input.ts'

export function addClockCommands(program: Command): void {
  program
    .command('clock')
    .description('Answer questions about business time and clocks: a JSON array in, an array of answers out.')
    .addHelpText('after', HELP)
    .action(async (_: object, command: Command) => {
      const answers = answerClockRequests(readRequests(await readStandardInput()))
      const lines = answers.map((answer) => JSON.stringify(answer))
      command.configureOutput().writeOut!(lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`)
    })
}

const HELP = `
Reads standard input. Each request is one of
  { "schedule", "start", "end" }               open time between the two     { "openSeconds" }
  { "schedule", "start", "addSeconds" }        when so much has been open    { "deadline" }
  { "schedule", "target", "history", "asOf" }  a clock as it stood           { "elapsedSeconds", "breachedAt", "warnAt75", "deadline" }

"schedule" is { "timezone", "weekly", "holidays" }, or null for calendar time; "target" is { "minutes", "pausedIn", "stopsIn" };
"history" is a list of { "at", "status" }. A request that cannot be answered gets { "error" } in its place.
Exits with 1 when the input as a whole is no JSON array.

  echo '[{"schedule":null,"start":"2026-03-09T16:30:00Z","addSeconds":3600}]' | baton clock`

const EXPECTED = 'Give a JSON array of requests on standard input; see baton clock --help'

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) throw new Error(`Nothing to read. ${EXPECTED}`)
  const text = await readInput('-')
  return text.replace(/^\uFEFF/, '')
}

/** @throws with a message for the person who wrote the input */
function readRequests(text: string): unknown[] {
  if (text.trim() === '') throw new Error(`Standard input is empty. ${EXPECTED}`)
  const given = parse(text)
  if (!Array.isArray(given)) throw new Error(`Standard input holds JSON, but no array. ${EXPECTED}`)
  return given
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Standard input is not JSON: ${reason}. ${EXPECTED}`)
  }
}
