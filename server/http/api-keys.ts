import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Scope } from './api-key-scopes.ts'
import { hashOf, isSecretOf, newKeyText, readKey, writeKey } from './api-key-text.ts'

/** A key as it is kept: without its secret. */
export type ApiKey = {
  id: string
  name: string
  scopes: Scope[]
  createdAt: Instant
  expiresAt: Instant | null
  revokedAt: Instant | null
  /** To the minute; null for one that was never used. */
  lastUsedAt: Instant | null
}

/** Why a key is not let in. */
export type KeyVerdict = 'unknown' | 'revoked' | 'expired'

export type NewKey = { name: string; scopes: readonly Scope[]; expiresAt: Instant | null }

export type ApiKeys = {
  /** @throws {NameTaken} when a key in use has this name */
  create(accountId: number, wanted: NewKey): Promise<{ key: ApiKey; text: string }>
  /** Newest first. */
  list(accountId: number): Promise<ApiKey[]>
  /** By id or, for one in use, by name; null when there is none. A revoked one stays as it is. */
  revoke(accountId: number, idOrName: string): Promise<ApiKey | null>
  /** Whose key a text is. Notes at most once a minute that it was used. */
  identify(text: string): Promise<{ accountId: number; key: ApiKey } | KeyVerdict>
}

export class NameTaken extends Error {
  override readonly name = 'NameTaken'

  constructor(name: string) {
    super(`A key named "${name}" is in use already. Take another name, or revoke that one first.`)
  }
}

export function createApiKeys({ db, clock }: { db: Database; clock: Clock }): ApiKeys {
  return { create, list, revoke, identify }

  async function create(accountId: number, { name, scopes, expiresAt }: NewKey) {
    const text = newKeyText(accountId)
    const row = await inAccount(db, accountId, (tx) =>
      tx
        .insertInto('api_key')
        .values({
          ...{ account_id: accountId, id: text.id, name, scopes: [...scopes], hash: hashOf(text.secret) },
          ...{ created_at: clock.now(), expires_at: expiresAt, revoked_at: null, last_used_at: null },
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'name']).where('revoked_at', 'is', null).doNothing())
        .returningAll()
        .executeTakeFirst(),
    )
    if (!row) throw new NameTaken(name)
    return { key: toKey(row), text: writeKey(text) }
  }

  async function list(accountId: number): Promise<ApiKey[]> {
    const rows = await inAccount(db, accountId, (tx) =>
      tx.selectFrom('api_key').selectAll().orderBy('created_at', 'desc').orderBy('id').execute(),
    )
    return rows.map(toKey)
  }

  async function revoke(accountId: number, idOrName: string): Promise<ApiKey | null> {
    return inAccount(db, accountId, async (tx) => {
      const named = await tx
        .selectFrom('api_key')
        .selectAll()
        .where(({ or, and, eb }) =>
          or([eb('id', '=', idOrName), and([eb('name', '=', idOrName), eb('revoked_at', 'is', null)])]),
        )
        .executeTakeFirst()
      if (!named) return null
      if (named.revoked_at !== null) return toKey(named)
      const revoked = await tx
        .updateTable('api_key')
        .set({ revoked_at: clock.now() })
        .where('id', '=', named.id)
        .returningAll()
        .executeTakeFirstOrThrow()
      return toKey(revoked)
    })
  }

  async function identify(text: string): Promise<{ accountId: number; key: ApiKey } | KeyVerdict> {
    const given = readKey(text)
    if (!given) return 'unknown'
    const { accountId } = given
    const now = clock.now()
    return inAccount(db, accountId, async (tx) => {
      const row = await tx.selectFrom('api_key').selectAll().where('id', '=', given.id).executeTakeFirst()
      if (!isSecretOf(given.secret, row?.hash ?? null) || !row) return 'unknown'
      if (row.revoked_at !== null) return 'revoked'
      if (row.expires_at !== null && row.expires_at <= now) return 'expired'
      if (row.last_used_at === null || row.last_used_at <= now - MINUTE_MS) {
        await tx.updateTable('api_key').set({ last_used_at: now }).where('id', '=', row.id).execute()
      }
      return { accountId, key: toKey(row) }
    })
  }
}

type Row = {
  id: string
  name: string
  scopes: string[]
  created_at: Instant
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}

function toKey({ id, name, scopes, created_at, expires_at, revoked_at, last_used_at }: Row): ApiKey {
  return {
    ...{ id, name, scopes: scopes as Scope[], createdAt: created_at },
    ...{ expiresAt: expires_at, revokedAt: revoked_at, lastUsedAt: last_used_at },
  }
}
