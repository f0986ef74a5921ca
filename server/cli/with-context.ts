import { explainZendesk } from '../admin/explain-zendesk.ts'
import { readConfig } from '../config.ts'
import { type Context, createContext } from '../context.ts'
import { createLog } from '../log.ts'
import { ZendeskError } from '../zendesk/error.ts'

/** Runs a command with the parts of the server, from the server's environment; only errors are logged. */
export async function withContext(run: (context: Context) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  await using context = await createContext(config, { log: createLog({ ...config, logLevel: 'error' }) })
  try {
    await run(context)
  } catch (error) {
    throw error instanceof ZendeskError ? new Error(explainZendesk(error, config.zendesk.url), { cause: error }) : error
  }
}
