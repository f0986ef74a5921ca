/** Starts Baton and stops it gracefully on SIGTERM and SIGINT. */
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { MigrationError } from './db/migrate.ts'
import { type Running, start } from './start.ts'

/** Longer than any request or job should take to finish; a second signal does not wait for it. */
const STOP_WITHIN_MS = 30_000

try {
  const running = await start(await createContext(readConfig(process.env)))
  console.log(`Baton listens on ${running.url}`)
  stopOnSignals(running)
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

function stopOnSignals(running: Running): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1)
      isStopping = true
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
      running[Symbol.asyncDispose]().then(
        () => process.exit(0),
        (error) => {
          console.error(explain(error))
          process.exit(1)
        },
      )
    })
  }
}

/** What an operator can put right is told in a sentence, everything else with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isOurs = error instanceof ConfigError || error instanceof MigrationError
  const isForOperator = isOurs || ['NoEmbeddedPostgres', 'UnusableHome', 'EmbeddedStartFailed'].includes(error.name)
  return isForOperator || error.message.startsWith('Port ') ? error.message : (error.stack ?? error.message)
}
