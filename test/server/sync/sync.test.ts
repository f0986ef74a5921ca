import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import type { JobPayloads } from '../../../server/jobs/payloads.ts'
import { readExportCursors } from '../../../server/sync/export-cursor.ts'
import { completeSince, extendHistory } from '../../../server/sync/history.ts'
import { syncedTo, syncStanding } from '../../../server/sync/standing.ts'
import { addArticle } from '../../zendesk/help-center/article-routes.ts'
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
    expect((await stateOf('tickets-history')).kept).toBe(1)
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

describe('reading what happened to tickets', () => {
  const changes = (ticketId: number) =>
    inOurs((tx) =>
      tx
        .selectFrom('ticket_change')
        .select(['field', 'value', 'previous', 'by_id', 'rule_id'])
        .where('ticket_id', '=', ticketId)
        .orderBy('at')
        .orderBy('audit_id')
        .orderBy('part')
        .execute(),
    )

  it('keeps each change once with who made it, and no text', async () => {
    const { agent } = account.people
    const ticketId = account.aTicket({ subject: 'Secret', tags: ['vip'] })
    await account.clock.advance(30 * DAY_MS)
    account.change(agent, ticketId, { status: 'pending', comment: { body: 'A secret', public: false }, tags: ['sso'] })
    await account.clock.advance(3 * MINUTE_MS)
    await start('ticket-events', 'ticket-events-history')
    const found = await changes(ticketId)
    expect(found[0]).toMatchObject({ field: 'created', previous: null })
    expect(found).toContainEqual({
      ...{ field: 'group_id', value: String(account.groups.support.id), previous: null },
      ...{ by_id: found[0]!.by_id, rule_id: null },
    })
    const byAgent = { by_id: agent.id, rule_id: null }
    expect(found).toContainEqual({ field: 'comment', value: 'private', previous: null, ...byAgent })
    expect(found).toContainEqual({ field: 'status', value: 'pending', previous: 'new', ...byAgent })
    expect(found).toContainEqual({ field: 'tags', value: 'sso', previous: 'vip', ...byAgent })
    expect(JSON.stringify(found)).not.toMatch(/secret/i)
    await advance(2 * MINUTE_MS)
    await advance(2 * MINUTE_MS)
    expect(await changes(ticketId)).toEqual(found)
    expect((await stateOf('ticket-events-history')).state).toBe('done')
  })
})

describe('reading people', () => {
  it('knows who has which role since when, and keeps no customers', async () => {
    const { agent, customer, specialist } = account.people
    await account.clock.advance(DAY_MS)
    account.deps.history = DAY_MS
    await start('users', 'organizations')
    const changedAt = account.clock.now()
    Object.assign(agent, { role: 'admin', updated_at: changedAt })
    Object.assign(specialist, { active: false, updated_at: changedAt })
    await advance(11 * MINUTE_MS)
    const users = await inOurs((tx) => tx.selectFrom('zendesk_user').select(['user_id', 'role', 'is_active']).execute())
    expect(users).toContainEqual({ user_id: agent.id, role: 'admin', is_active: true })
    expect(users).toContainEqual({ user_id: specialist.id, role: 'agent', is_active: false })
    expect(users.map(({ user_id }) => user_id)).not.toContain(customer.id)
    const roles = await inOurs((tx) =>
      tx
        .selectFrom('zendesk_user_role')
        .select(['since', 'role'])
        .where('user_id', '=', agent.id)
        .orderBy('since')
        .execute(),
    )
    expect(roles).toEqual([
      { since: agent.created_at, role: 'agent' },
      { since: changedAt, role: 'admin' },
    ])
  })

  it('says what the account has not got, keeps on reading the rest, and asks again after an hour', async () => {
    account.answerNext('GET', /incremental\/organizations/, { status: 404, body: '{"error":"InvalidEndpoint"}' })
    await start('organizations', 'groups')
    expect((await stateOf('organizations')).state).toBe('absent')
    expect((await stateOf('groups')).state).toBe('current')
    await advance(59 * MINUTE_MS)
    expect((await stateOf('organizations')).state).toBe('absent')
    await advance(MINUTE_MS)
    expect((await stateOf('organizations')).state).toBe('current')
  })
})

describe('reading groups', () => {
  it('knows a renamed one, and keeps the name of one that was deleted', async () => {
    await start('groups')
    expect((await stateOf('groups')).kept).toBe(3)
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

describe('reading articles', () => {
  const gone = async () => {
    const rows = await inOurs((tx) =>
      tx.selectFrom('zendesk_article').select('title').where('is_gone', '=', true).orderBy('title').execute(),
    )
    return rows.map(({ title }) => title)
  }
  const LIST = /help_center\/(?!incremental)[^/]+\/articles/

  it('finds once a day which are gone, and which are there again', async () => {
    const { world } = account.zendesk
    const { integration } = account.people
    const center = world.state.help_center
    const place = { section_id: 1, author_id: integration.id, permission_group_id: 1, user_segment_id: null }
    const write = (title: string, locale: string, draft = false) =>
      addArticle(world, { ...place, title, body: '', locale, draft })
    const [renew, reset] = [write('Renew', 'en-us'), write('Zurücksetzen', 'de')]
    // The export tells of the newest again and again.
    await account.clock.advance(MINUTE_MS)
    for (let count = 0; count < 100; count++) write(`Number ${count}`, 'en-us')
    const draft = write('Draft', 'en-us', true)
    await start('articles')
    expect(account.countCalls('GET', LIST)).toBe(3)
    expect(await gone()).toEqual([])
    for (const { id } of [renew, reset, draft]) delete center.articles[id]
    await advance(HOUR_MS)
    expect([account.countCalls('GET', LIST), await gone()]).toEqual([3, []])
    await advance(DAY_MS)
    expect(await gone()).toEqual(['Renew', 'Zurücksetzen'])
    center.articles[renew.id] = renew
    account.answerNext('GET', LIST, { status: 403, body: '{}' })
    await advance(DAY_MS)
    expect(await gone()).toEqual(['Renew', 'Zurücksetzen'])
    expect(await stateOf('articles')).toMatchObject({ state: 'current' })
    await advance(DAY_MS)
    expect(await gone()).toEqual(['Zurücksetzen'])
  })

  it('is told as absent where there is no Help Center', async () => {
    account.zendesk.world.state.account.has_help_center = false
    await start('articles')
    expect((await stateOf('articles')).state).toBe('absent')
    expect(account.countCalls('GET', LIST)).toBe(0)
  })
})
