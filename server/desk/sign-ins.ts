import type { Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { SignedOpening } from './signed-url.ts'

/** Takes a token for the one opening it is good for; false when it was taken before. Forgets those that have expired. */
export async function takeOnce(
  db: Database,
  { account, tokenHash, expiresAt }: SignedOpening,
  now: Instant,
  keptAfterMs: number,
): Promise<boolean> {
  return inAccount(db, account.id, async (tx) => {
    await tx
      .deleteFrom('desk_sign_in')
      .where('expires_at', '<', now - keptAfterMs)
      .execute()
    const taken = await tx
      .insertInto('desk_sign_in')
      .values({ account_id: account.id, token_hash: tokenHash, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('token_hash')
      .executeTakeFirst()
    return taken !== undefined
  })
}
