/** A server for the bench, alone in its process: the real one, or the same with an inbox that stores nothing. */
import { readConfig } from '../../server/config.ts'
import { createContext } from '../../server/context.ts'
import type { Inbox } from '../../server/inbox/inbox.ts'
import { start } from '../../server/start.ts'
import { BENCH_SECRET } from './bench-secret.ts'

export type Kind = 'durable' | 'bare'

const forgetful: Inbox = {
  accept: async () => ({ isNew: true }),
  start: () => {},
  dispatch: async () => 0,
  drain: async () => {},
}

if (process.send) {
  const [kind, home] = process.argv.slice(2) as [Kind, string]
  const config = readConfig({
    BATON_HOME: home,
    BATON_PORT: '0',
    ZENDESK_SUBDOMAIN: 'bench',
    ZENDESK_CLIENT_ID: 'bench',
    ZENDESK_CLIENT_SECRET: 'bench',
    LOG_LEVEL: 'warn',
  })
  const context = await createContext(config)
  await context.secrets.put(context.account.id, 'webhook', BENCH_SECRET)
  // Looks are queued but not carried out: what workers do belongs to other rows.
  const options = { host: '127.0.0.1', withWorkers: false }
  const running = await start(kind === 'durable' ? context : { ...context, inbox: forgetful }, options)
  if (kind === 'durable') context.inbox.start()
  process.once('message', () => void running[Symbol.asyncDispose]().then(() => process.exit(0)))
  process.send(running.port)
}
