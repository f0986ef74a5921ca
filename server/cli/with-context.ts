import { explainZendesk } from '../admin/explain-zendesk.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { ZendeskError } from '../zendesk/error.ts'

/** For the help of commands that need it. */
export const ENVIRONMENT_HELP =
  '\nNeeds the environment of the server: ZENDESK_SUBDOMAIN, ZENDESK_CLIENT_ID, ZENDESK_CLIENT_SECRET and what else\n' +
  'docs/operations.md lists.'

/**
 * Runs a command with the parts of the server, from the server's environment; only errors are logged. The parts are
 * loaded when they are needed, because most commands do without them and start twice as fast.
 */
export async function withContext(run: (context: Context) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const [{ createContext }, { createLog }] = await Promise.all([import('../context.ts'), import('../log.ts')])
  await using context = await createContext(config, { log: createLog({ ...config, logLevel: 'error' }) })
  try {
    await run(context)
  } catch (error) {
    throw error instanceof ZendeskError ? new Error(explainZendesk(error, config.zendesk.url), { cause: error }) : error
  }
}
