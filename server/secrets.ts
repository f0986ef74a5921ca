import type { Tracker } from '../core/engineering/tracker.ts'
import type { Clock, Instant } from '../core/units.ts'
import type { Database } from './db/connect.ts'
import { type AccountTransaction, inAccount } from './db/in-account.ts'
import { open, seal } from './sealed.ts'

/** What may be replaced while its old value is still in use. */
type Rotated = 'webhook' | 'app' | Tracker

/**
 * `webhook` signs Zendesk's webhooks, a tracker's name those of the tracker, `app` signs the sidebar's tokens, `oauth`
 * holds Zendesk's tokens as JSON.
 */
export type SecretName = Rotated | `${Rotated}-previous` | 'oauth' | 'desk'

/** Secrets of an account, encrypted at rest with the server's key and bound to their account and name. */
export type Secrets = {
  /** Null when there is none. */
  get(accountId: number, name: SecretName): Promise<string | null>
  /**
   * Like `get`, from memory for ten seconds, and longer while the database is away: enough to tell requests from
   * forgeries at speed. After a rotation elsewhere a server knows the old value until then, which `rotate` allows for.
   */
  recall(accountId: number, name: SecretName): Promise<string | null>
  put(accountId: number, name: SecretName, value: string): Promise<void>
  /** The one that is kept, or `made`, which is kept from now on. Servers that begin at once agree on one. */
  ensure(accountId: number, name: SecretName, made: () => string): Promise<string>
  /** Like `put`, and what it replaces stays valid as `<name>-previous`. */
  rotate(accountId: number, name: Rotated, value: string): Promise<void>
}

const REMEMBERED_FOR_MS = 10_000

export function createSecrets({ db, clock, key }: { db: Database; clock: Clock; key: Buffer }): Secrets {
  const memory = new Map<string, { value: string | null; readAt: Instant }>()
  const get = (accountId: number, name: SecretName) => inAccount(db, accountId, (tx) => read(tx, accountId, name))

  return {
    get,
    recall,
    put: (accountId, name, value) => inAccount(db, accountId, (tx) => write(tx, accountId, name, value)),
    ensure,
    rotate: (accountId, name, value) =>
      inAccount(db, accountId, async (tx) => {
        const current = await read(tx, accountId, name)
        if (current === value) return
        if (current !== null) await write(tx, accountId, `${name}-previous`, current)
        await write(tx, accountId, name, value)
      }),
  }

  async function recall(accountId: number, name: SecretName): Promise<string | null> {
    const place = `${accountId}/${name}`
    const known = memory.get(place)
    if (known && clock.now() - known.readAt < REMEMBERED_FOR_MS) return known.value
    try {
      const value = await get(accountId, name)
      // A secret that is not there yet is asked for again; that there is no previous one is what we mostly find.
      const isFinal = value !== null || name.endsWith('-previous')
      memory.set(place, { value, readAt: isFinal ? clock.now() : Number.NEGATIVE_INFINITY })
      return value
    } catch (error) {
      if (known) return known.value
      throw error
    }
  }

  async function ensure(accountId: number, name: SecretName, made: () => string): Promise<string> {
    const known = await recall(accountId, name)
    if (known !== null) return known
    return inAccount(db, accountId, async (tx) => {
      await tx
        .insertInto('secret')
        .values({ account_id: accountId, name, ...sealed(accountId, name, made()) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await read(tx, accountId, name))!
    })
  }

  async function read(tx: AccountTransaction, accountId: number, name: SecretName): Promise<string | null> {
    const row = await tx
      .selectFrom('secret')
      .select('ciphertext')
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row ? open(row.ciphertext, key, `${accountId}/${name}`) : null
  }

  async function write(tx: AccountTransaction, accountId: number, name: SecretName, value: string): Promise<void> {
    memory.delete(`${accountId}/${name}`)
    const changed = sealed(accountId, name, value)
    await tx
      .insertInto('secret')
      .values({ account_id: accountId, name, ...changed })
      .onConflict((conflict) => conflict.columns(['account_id', 'name']).doUpdateSet(changed))
      .execute()
  }

  function sealed(accountId: number, name: SecretName, value: string) {
    return { ciphertext: seal(value, key, `${accountId}/${name}`), updated_at: clock.now() }
  }
}
