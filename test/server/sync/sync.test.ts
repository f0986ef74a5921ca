import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import type { JobPayloads } from '../../../server/jobs/payloads.ts'
import { readExportCursors } from '../../../server/sync/export-cursor.ts'
import { completeSince, extendHistory } from '../../../server/sync/history.ts'
import { syncedTo, syncStanding } from '../../../server/sync/standing.ts'
import { deleteTicket } from '../../zendesk/tickets/delete.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeEach(async () => {
  account = await serveAccount()
  account.deps.history = 400 * DAY_MS
})
afterEach(() => account[Symbol.asyncDispose]())

const inOurs = <T>(run: Parameters<typeof inAccount<T>>[2]) => inAccount(account.database.db, account.accountId, run)
const ticketRow = (id: number) =>
  inOurs((tx) => tx.selectFrom('zendesk_ticket').selectAll().where('ticket_id', '=', id).executeTakeFirst())
const standing = () => inOurs((tx) => syncStanding(tx, account.clock.now()))
const stateOf = async (name: string) => (await standing()).exports.find((one) => one.export === name)!

async function start(...exports: JobPayloads['sync']['export'][]): Promise<void> {
  const { accountId, jobs, database } = account
  await jobs.enqueue(database.db, 'catch-up', { accountId })
  for (const name of exports) await jobs.enqueue(database.db, 'sync', { accountId, export: name })
  await account.settle()
}

async function advance(ms: number): Promise<void> {
  await account.clock.advance(ms)
  await account.settle()
}

describe('reading tickets', () => {
  it('keeps those of long ago and those of now, each once, and says up to when', async () => {
    const old = account.aTicket({ subject: 'Long ago' })
    await account.clock.advance(30 * DAY_MS)
    expect(await inOurs(syncedTo)).toBeNull()
    await start('tickets-history')
    expect(await ticketRow(old)).toMatchObject({ subject: 'Long ago', standing: 'live', replies: 0 })
    expect(await stateOf('tickets-history')).toMatchObject({ state: 'done', progress: 1, kept: 1 })
    expect(await inOurs(completeSince)).toBe(account.clock.now() - 400 * DAY_MS)
    expect(await inOurs(syncedTo)).toBe(account.clock.now() - MINUTE_MS)
    const fresh = account.aTicket({ subject: 'Today' })
    await advance(2 * MINUTE_MS)
    await advance(MINUTE_MS)
    expect(await ticketRow(fresh)).toMatchObject({ subject: 'Today', group_id: account.groups.support.id })
    expect((await stateOf('tickets')).state).toBe('current')
  })

  it('follows a ticket to its end: deleted without its text, merged, and the one that followed', async () => {
    const { agent } = account.people
    const [gone, merged] = [account.aTicket({ subject: 'Secret' }), account.aTicket()]
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    const { world } = account.zendesk
    deleteTicket(world, { user: agent, channel: 'web' }, world.state.tickets[gone]!)
    account.change(agent, merged, { tags: ['closed_by_merge'], status: 'closed', assignee_id: agent.id })
    const follower = account.aTicket({ via_followup_source_id: merged })
    await advance(2 * MINUTE_MS)
    expect(await ticketRow(gone)).toMatchObject({ standing: 'deleted', subject: '', fields: {} })
    expect(await ticketRow(merged)).toMatchObject({ standing: 'merged', status: 'closed' })
    expect(await ticketRow(follower)).toMatchObject({ standing: 'live', followup_of: merged })
  })

  it('keeps nothing of strangers when it is not to', async () => {
    account.deps.history = null
    const stranger = account.aTicket()
    await account.clock.advance(2 * MINUTE_MS)
    await start('tickets-history', 'groups')
    expect(await ticketRow(stranger)).toBeUndefined()
    expect(await inOurs((tx) => tx.selectFrom('zendesk_group').selectAll().execute())).toEqual([])
  })

  it('reads further back when asked, and only what was not read', async () => {
    const old = account.aTicket()
    await account.clock.advance(30 * DAY_MS)
    account.deps.history = 10 * DAY_MS
    await start('tickets-history')
    expect(await ticketRow(old)).toBeUndefined()
    const before = (await inOurs(readExportCursors)).get('tickets-history')!
    const begin = account.clock.now() - 60 * DAY_MS
    const extend = () => inOurs((tx) => extendHistory(tx, 'tickets-history', begin, account.clock.now()))
    expect(await extend()).toBe(true)
    expect((await inOurs(readExportCursors)).get('tickets-history')).toMatchObject({
      ...{ startAt: begin, beganAt: begin, untilAt: before.beganAt, doneAt: null },
    })
    await start('tickets-history')
    expect(await ticketRow(old)).toBeDefined()
    expect(await inOurs(completeSince)).toBe(begin)
    expect(await extend()).toBe(false)
  })

  it('asks for smaller pages when one does not come in time', async () => {
    const sizes: (number | undefined)[] = []
    account.withClient((client) => ({
      exportTickets: (from, size) => {
        sizes.push(size)
        return client.exportTickets(from, size)
      },
    }))
    account.answerNext('GET', /incremental\/tickets/, { status: 200, body: '{"tickets": [' })
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    expect((await inOurs(readExportCursors)).get('tickets')!.pageSize).toBe(500)
    await advance(MINUTE_MS)
    expect((await inOurs(readExportCursors)).get('tickets')!.pageSize).toBeNull()
    expect(sizes).toEqual([undefined, 500])
  })
})

describe('reading groups', () => {
  it('knows a renamed one, and keeps the name of one that was deleted', async () => {
    await start('groups')
    const { identity, platform } = account.groups
    identity.name = 'Access'
    platform.deleted = true
    await advance(2 * 3600 * SECOND_MS)
    const rows = await inOurs((tx) =>
      tx.selectFrom('zendesk_group').select(['name', 'is_deleted']).orderBy('name').execute(),
    )
    expect(rows).toEqual([
      { name: 'Access', is_deleted: false },
      { name: 'Platform engineering', is_deleted: true },
      { name: 'Support', is_deleted: false },
    ])
  })
})
