import { chmodSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { inAccount } from '../../server/db/in-account.ts'
import { readPostmaster } from '../../server/db/postmaster.ts'
import { createRunningClock } from '../support/clock.ts'
import { findWrong, prepareHandOvers, readRecorded, sendHandOver } from '../support/hand-overs.ts'
import { startLocalBaton } from '../support/local-baton.ts'
import { temporaryHome } from '../support/temporary-home.ts'

const limits = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6, ticketUpdatesPerMinute: 1e6 }

it('goes on by itself, with nothing lost, when its database is killed while it works', async () => {
  const home = temporaryHome('baton-database-killed-')
  // Root has PostgreSQL run as another user, who must get in.
  chmodSync(home, 0o755)
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const clock = createRunningClock()
  const local = opened.use(await startLocalBaton({ clock, databaseUrl: null, home, zendesk: { limits } }))
  const data = path.join(home, readdirSync(home).find((name) => name.startsWith('data-'))!)
  const { db, account } = local.context

  for (let round = 0; round < 3; round++) {
    const handOvers = prepareHandOvers(local.zendesk, 10)
    const sending = Promise.all(handOvers.map(sendHandOver))
    await vi.waitUntil(() => handOvers.some(({ ticketId }) => updatesOfOurs(ticketId) > 0), {
      timeout: 20_000,
      interval: 1,
    })
    const { pid } = readPostmaster(data)!
    process.kill(pid, 'SIGKILL')
    expect(new Set(await sending)).toEqual(new Set(['sent']))

    const wrong = async () => {
      const recorded = await inAccount(db, account.id, readRecorded)
      return handOvers.flatMap((handOver) => findWrong(handOver, local.zendesk, recorded))
    }
    await vi.waitFor(async () => expect(await wrong()).toEqual([]), { timeout: 30_000, interval: 200 })
    expect(readPostmaster(data)!.pid).not.toBe(pid)
  }

  function updatesOfOurs(ticketId: number): number {
    return local.zendesk.world.state.audits[ticketId]!.filter(({ metadata }) => 'baton_effect' in metadata.custom)
      .length
  }
})
