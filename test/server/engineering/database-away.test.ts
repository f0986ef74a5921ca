import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '../../../server/db/embedded.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { gitHubIssue } from '../../core/engineering/deliveries.ts'
import { temporaryHome } from '../../support/temporary-home.ts'
import { type AServer, startServer } from '../http/a-server.ts'
import { SECRETS, sendFrom } from './tracker-deliveries.ts'

let home: string
let database: EmbeddedDatabase
let server: AServer

beforeEach(async () => {
  home = temporaryHome('baton-tracker-away-')
  database = await startEmbedded({ home })
  await migrate(database.url)
  server = await startServer(database.url)
  await server.secrets.put(server.account.id, 'github', SECRETS.github)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await database.stop({ force: true })
  rmSync(home, { recursive: true, force: true })
})

describe('while the database is away', () => {
  it('a tracker’s webhook is answered 503 with Retry-After, a forged one is refused, and it is taken when it comes again', async () => {
    const send = (id: string, secret?: string) =>
      sendFrom('github', server.url, gitHubIssue(), { id, ...(secret && { secret }) })
    expect((await send('before')).status).toBe(202)
    await database.stop({ force: true })
    const away = await send('A')
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('30')
    expect(await away.json()).toMatchObject({ error: 'unavailable', message: /send the delivery again/ })
    expect((await send('A', 'guessed, and quite wrong')).status).toBe(401)

    database = await startEmbedded({ home })
    expect((await send('A')).status).toBe(202)
    expect((await send('A')).status).toBe(200)
  })
})
