/** Starts Baton and stops it gracefully on SIGTERM and SIGINT. Run by `main.ts`. */
import { flushCompileCache } from 'node:module'
import { ConfigError, readConfig } from './config.ts'
import { prepareHome } from './db/embedded-home.ts'
import type { Running } from './start.ts'

/** Longer than any request or job should take to finish; a second signal does not wait for it. */
const STOP_WITHIN_MS = 30_000
const FOR_OPERATORS = ['MigrationError', 'NoEmbeddedPostgres', 'UnusableHome', 'EmbeddedStartFailed']

try {
  const config = readConfig(process.env)
  // A first database takes as long to make as the rest of our code to load; other processes make it meanwhile.
  const [{ createContext }, { start }] = await Promise.all([
    import('./context.ts'),
    import('./start.ts'),
    config.databaseUrl === null ? prepareHome(config.home, { isDurable: true }) : null,
  ])
  const running = await start(await createContext(config))
  stopOnSignals(running)
  // Last: whoever waits for this line may send a signal at once.
  console.log(`Baton listens on ${running.url}`)
  flushCompileCache()
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
  const isForOperator = error instanceof ConfigError || FOR_OPERATORS.includes(error.name)
  return isForOperator || error.message.startsWith('Port ') ? error.message : (error.stack ?? error.message)
}
