import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let tables: string[]
let ours: number
let theirs: number

/** Columns that take certain words alone. */
const WORDS: Record<string, string> = {
  'effect.state': 'pending',
  'notice.state': 'queued',
  'schedule_version.source': 'policy',
  'review.kind': 'weekly',
  'review_item.kind': 'weekly',
  'zendesk_ticket.standing': 'live',
  'measure_stay.standing': 'with-tier',
  'similar_answer.answer': 'taken',
  'article_draft.form': 'article',
  'article_draft.standing': 'draft',
  'article_debt.why': 'drafted',
  'deflection_audit.verdict': 'lower',
}

const RECORDS = ['event', 'schedule_version']

beforeAll(async () => {
  database = await createTestDatabase()
  tables = await listTables()
  const accounts = createAccounts({ db: database.db, clock: Date })
  ours = (await accounts.ensureAccount({ subdomain: 'ours', zendeskUrl: 'https://ours.zendesk.com' })).id
  theirs = (await accounts.ensureAccount({ subdomain: 'theirs', zendeskUrl: 'https://theirs.zendesk.com' })).id
  for (const accountId of [ours, theirs]) {
    for (const table of tables.filter((name) => name !== 'account')) await insertRow(table, accountId, accountId)
  }
})
afterAll(() => database[Symbol.asyncDispose]())

describe('an account', () => {
  it('has its rows apart in every table there is', async () => {
    expect(tables).toContain('inbox_delivery')
    for (const table of tables) expect(await accountsSeenFrom(ours, table), table).toEqual([ours])
  })

  it('changes and deletes no row of another', async () => {
    for (const table of tables) {
      const mayChange = !RECORDS.includes(table)
      const column = table === 'account' ? 'id' : 'account_id'
      const change = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} where ${sql.ref(column)} = ${theirs}`
      if (table === 'account') continue
      const changed = inAccount(database.db, ours, (tx) => change.execute(tx))
      if (mayChange) expect((await changed).numAffectedRows, table).toBe(0n)
      else await expect(changed).rejects.toThrow('permission denied')
    }
  })

  it('adds no row to another', async () => {
    for (const table of tables.filter((name) => name !== 'account')) {
      await expect(insertRow(table, ours, theirs), table).rejects.toThrow('row-level security')
    }
  })

  it('is not altered or removed from what is only added to: events, and how schedules were', async () => {
    const statements = RECORDS.flatMap((name) => [
      sql`update ${sql.table(name)} set account_id = account_id`,
      sql`delete from ${sql.table(name)}`,
    ])
    for (const statement of statements) {
      await expect(inAccount(database.db, ours, (tx) => statement.execute(tx))).rejects.toThrow('permission denied')
    }
  })
})

describe('a part of a table', () => {
  it('cannot be asked by itself, where nothing keeps accounts apart', async () => {
    for (const account of [ours, theirs]) {
      for (const part of ['history.ticket_change_0', 'measures.mttr']) {
        const around = inAccount(database.db, account, (tx) => sql`select * from ${sql.table(part)}`.execute(tx))
        await expect(around, part).rejects.toThrow('permission denied')
      }
    }
  })
})

describe('a query outside an account', () => {
  it('fails instead of answering nothing', async () => {
    for (const table of tables.filter((name) => name !== 'account')) {
      await expect(sql`select * from ${sql.table(table)}`.execute(database.db), table).rejects.toThrow()
    }
  })

  it('sees no account', async () => {
    expect((await sql`select * from account`.execute(database.db)).rows).toEqual([])
  })
})

/** Every table of ours; Kysely's own two hold no account's data, and the application's role may not read them. */
async function listTables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(database.db)
  return rows.map((row) => row.name).sort()
}

async function accountsSeenFrom(accountId: number, table: string): Promise<number[]> {
  const column = sql.ref(table === 'account' ? 'id' : 'account_id')
  return inAccount(database.db, accountId, async (tx) => {
    const { rows } = await sql<{ id: number }>`select distinct ${column} as id from ${sql.table(table)}`.execute(tx)
    return rows.map((row) => row.id)
  })
}

/** Fills every column that must be filled with a value of its type. */
async function insertRow(table: string, from: number, into: number): Promise<void> {
  const { rows } = await sql<{ name: string; type: string }>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_nullable = 'NO'
      and column_default is null and is_identity = 'NO'`.execute(database.db)
  const values = rows.map(({ name, type }) => {
    if (name === 'account_id') return sql`${into}`
    const word = WORDS[`${table}.${name}`]
    if (word) return sql.lit(word)
    if (type === 'ARRAY') return sql`'{}'`
    if (type === 'jsonb') return sql`'{}'::jsonb`
    if (type === 'boolean') return sql`false`
    return type === 'text' || type === 'bytea' ? sql`'x'` : sql`1`
  })
  const columns = sql.join(rows.map(({ name }) => sql.ref(name)))
  const insert = sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(values)})`
  await inAccount(database.db, from, (tx) => insert.execute(tx))
}
