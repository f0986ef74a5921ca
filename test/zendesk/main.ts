import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { createRunningClock } from '../support/clock.ts'
import { companyState } from './seed/company.ts'
import { startZendesk } from './server.ts'
import { loadState, saveState } from './state/store.ts'

/** `npm run zendesk`: the local Zendesk as a program of its own. */
const program = new Command('npm run zendesk --')
  .description('A local Zendesk with a company in it, for trying Baton without an account.')
  .option('--port <number>', 'where it listens on this machine', readPort, 4600)
  .option('--state <file>', 'loads the account from this file when it exists, and saves it there at the end (Ctrl+C)')
  .parse()

const { port, state: file } = program.opts<{ port: number; state?: string }>()
try {
  await run()
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  const isTaken = code === 'EADDRINUSE'
  console.error(isTaken ? `Port ${port} is in use. Choose another one with --port.` : message)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const clock = createRunningClock()
  const state = file && existsSync(file) ? await loadState(file) : await companyState(clock.now())
  const zendesk = await startZendesk({ port, clock, state })
  console.log(`The local Zendesk is at ${zendesk.url}
  Open ${zendesk.url}/agent and choose who you act as.
  The API is under ${zendesk.url}/api/v2, time and faults under ${zendesk.url}/__local.
  Stop it with Ctrl+C${file ? `; the account is then saved to ${file}` : ''}.`)

  const stop = async () => {
    await zendesk.close()
    if (file) await saveState(zendesk.world.state, file)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

function readPort(text: string): number {
  const given = Number(text)
  if (!Number.isInteger(given) || given < 0 || given > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  }
  return given
}
