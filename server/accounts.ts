import { type Selectable, sql } from 'kysely'
import type { Clock, Instant } from '../core/units.ts'
import type { Database } from './db/connect.ts'
import { type AccountTransaction, inAccount } from './db/in-account.ts'
import type { AccountTable } from './db/schema.ts'

/** One Zendesk subdomain. */
export type Account = {
  id: number
  subdomain: string
  zendeskUrl: string
  /** What `setup` made there: ids of fields, groups, trigger, webhook. */
  installation: Record<string, unknown>
  /** When Baton got to know it. */
  createdAt: Instant
}

export type Accounts = {
  /** Null when no account has this subdomain. */
  findBySubdomain(subdomain: string): Promise<Account | null>
  /** The id alone, remembered: it never changes, so a webhook can be judged while the database is away. */
  idOf(subdomain: string): Promise<number | null>
  /** @throws when there is no such account */
  get(accountId: number): Promise<Account>
  /** Finds or creates; a changed `zendeskUrl` is taken over. */
  ensureAccount(wanted: { subdomain: string; zendeskUrl: string }): Promise<Account>
  setInstallation(accountId: number, installation: Record<string, unknown>): Promise<void>
}

export function createAccounts({ db, clock }: { db: Database; clock: Clock }): Accounts {
  const ids = new Map<string, number>()
  return { findBySubdomain, idOf, get, ensureAccount, setInstallation }

  async function findBySubdomain(subdomain: string): Promise<Account | null> {
    return inSubdomain(db, subdomain, async (tx) => {
      const row = await tx.selectFrom('account').selectAll().where('subdomain', '=', subdomain).executeTakeFirst()
      return row ? toAccount(row) : null
    })
  }

  async function idOf(subdomain: string): Promise<number | null> {
    const known = ids.get(subdomain)
    if (known !== undefined) return known
    const account = await findBySubdomain(subdomain)
    if (account) ids.set(subdomain, account.id)
    return account?.id ?? null
  }

  async function get(accountId: number): Promise<Account> {
    return inAccount(db, accountId, async (tx) => {
      return toAccount(await tx.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow())
    })
  }

  async function ensureAccount({ subdomain, zendeskUrl }: { subdomain: string; zendeskUrl: string }): Promise<Account> {
    return inSubdomain(db, subdomain, async (tx) => {
      const row = await tx
        .insertInto('account')
        .values({ subdomain, zendesk_url: zendeskUrl, installation: '{}', created_at: clock.now() })
        .onConflict((conflict) => conflict.column('subdomain').doUpdateSet({ zendesk_url: zendeskUrl }))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toAccount(row)
    })
  }

  async function setInstallation(accountId: number, installation: Record<string, unknown>): Promise<void> {
    await inAccount(db, accountId, async (tx) => {
      const changed = { installation: JSON.stringify(installation) }
      await tx.updateTable('account').set(changed).where('id', '=', accountId).execute()
    })
  }
}

/** A transaction that sees the one account of this name. */
function inSubdomain<T>(db: Database, subdomain: string, run: (tx: AccountTransaction) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('baton.subdomain', ${subdomain}, true)`.execute(tx)
    return run(tx)
  })
}

function toAccount(row: Selectable<AccountTable>): Account {
  return {
    id: row.id,
    subdomain: row.subdomain,
    zendeskUrl: row.zendesk_url,
    installation: row.installation as Record<string, unknown>,
    createdAt: row.created_at,
  }
}
