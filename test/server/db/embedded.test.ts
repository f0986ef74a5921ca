import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../server/db/connect.ts'
import { type EmbeddedEvent, startEmbedded } from '../../../server/db/embedded.ts'
import { migrate } from '../../../server/db/migrate.ts'

const settings = { fsync: 'off' }
let home: string
let events: EmbeddedEvent[]
const onEvent = (event: EmbeddedEvent) => void events.push(event)

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'baton-home-'))
  events = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('the embedded database', () => {
  it('keeps what was stored from one start to the next, and is durable unless told otherwise', async () => {
    {
      await using first = await startEmbedded({ home, onEvent })
      await using db = connect(first.url, { role: null })
      await sql`create table kept as select 42 as answer, current_setting('fsync') as fsync`.execute(db)
    }
    await using second = await startEmbedded({ home, settings, onEvent })
    await using db = connect(second.url, { role: null })
    expect((await sql`select * from kept`.execute(db)).rows).toEqual([{ answer: 42, fsync: 'on' }])
    expect(events).toEqual(['started', 'stopped', 'started'])
  })

  it('is attached to when it runs already, and stays up while somebody uses it', async () => {
    const first = await startEmbedded({ home, settings, onEvent })
    const second = await startEmbedded({ home, settings, onEvent })
    const db = connect(second.url, { role: null })
    await sql`select 1`.execute(db)
    await first.stop()
    expect(second.pid()).not.toBeNull()
    await db.destroy()
    await second.stop()
    expect(second.pid()).toBeNull()
    expect(events).toEqual(['started', 'attached', 'left-running', 'stopped'])
  })

  it('starts over the lock files of a server that was killed, whoever has its number now', async () => {
    const first = await startEmbedded({ home, settings })
    await first.stop()
    writeFileSync(path.join(home, 'data-18', 'postmaster.pid'), `${process.pid}\n${home}\n0\n5432\n${home}\n`)
    await using second = await startEmbedded({ home, settings, onEvent })
    expect(second.pid()).not.toBe(process.pid)
    expect(events).toEqual(['started'])
  })

  it('can be reached from a folder with a long name', async () => {
    const deep = path.join(home, 'a-folder-with-a-rather-long-name'.repeat(4))
    mkdirSync(deep)
    chmodSync(home, 0o755)
    await using database = await startEmbedded({ home: deep, settings })
    await migrate(database.url)
  })

  it('is made ready by two servers at once', async () => {
    await using database = await startEmbedded({ home, settings })
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
  })
})
