import { setImmediate } from 'node:timers/promises'
import { createSimilarIndex, type SimilarIndex } from '../../core/similar/index.ts'
import { termsOf } from '../../core/similar/weigh.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'

/** Older ones are left out; they stay in the table. */
export const MOST_CASES = 50_000
const MOST_ACCOUNTS = 20
const ROWS_AT_ONCE = 500

export type PastCases = {
  /** The index of an account's resolved escalations, up to date with the database. */
  of(accountId: number): Promise<SimilarIndex>
}

type Kept = { index: SimilarIndex; upTo: number }

/**
 * Indexes in memory, one an account, loaded when they are first asked for. Each time they are asked for they take up what
 * changed since, whichever server wrote it. Accounts that were not asked about for longest are let go.
 */
export function createPastCases(db: Database, { most = MOST_CASES } = {}): PastCases {
  const accounts = new Map<number, Promise<Kept>>()

  return {
    async of(accountId) {
      const before = accounts.get(accountId) ?? Promise.resolve(null)
      const next = before.then((kept) => broughtUpToDate(accountId, kept))
      // The newest stands last.
      accounts.delete(accountId)
      accounts.set(accountId, next)
      for (const oldest of accounts.keys()) {
        if (accounts.size <= MOST_ACCOUNTS) break
        accounts.delete(oldest)
      }
      try {
        return (await next).index
      } catch (error) {
        if (accounts.get(accountId) === next) accounts.delete(accountId)
        throw error
      }
    },
  }

  async function broughtUpToDate(accountId: number, kept: Kept | null): Promise<Kept> {
    const isOverfull = kept !== null && kept.index.size() > most * 1.1
    if (kept === null || isOverfull) return load(accountId)
    for (;;) {
      const rows = await inAccount(db, accountId, (tx) => changedSince(tx, kept.upTo))
      for (const { escalation_id, number, is_gone, ...texts } of rows) {
        if (is_gone) kept.index.remove(escalation_id)
        else kept.index.add(escalation_id, termsOfRow(texts))
        kept.upTo = number
      }
      if (rows.length < ROWS_AT_ONCE) return kept
      await setImmediate()
    }
  }

  async function load(accountId: number): Promise<Kept> {
    const { upTo, ids } = await inAccount(db, accountId, async (tx) => {
      const last = await tx.selectFrom('similar_number').select('last').executeTakeFirst()
      const newest = await tx
        .selectFrom('similar_case')
        .select('escalation_id')
        .where('is_gone', '=', false)
        .orderBy('resolved_at', 'desc')
        .limit(most)
        .execute()
      return { upTo: last?.last ?? 0, ids: newest.map(({ escalation_id }) => escalation_id) }
    })
    const index = createSimilarIndex()
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
      const some = ids.slice(at, at + ROWS_AT_ONCE)
      const rows = await inAccount(db, accountId, (tx) =>
        texts(tx).where('escalation_id', 'in', some).where('is_gone', '=', false).execute(),
      )
      for (const { escalation_id, ...written } of rows) index.add(escalation_id, termsOfRow(written))
      await setImmediate()
    }
    return { index, upTo }
  }
}

function changedSince(tx: AccountTransaction, upTo: number) {
  return texts(tx)
    .select(['number', 'is_gone'])
    .where('number', '>', upTo)
    .orderBy('number')
    .limit(ROWS_AT_ONCE)
    .execute()
}

function texts(tx: AccountTransaction) {
  return tx.selectFrom('similar_case').select(['escalation_id', 'summary', 'body', 'errors', 'root_cause', 'component'])
}

type Texts = { summary: string; body: string; errors: string; root_cause: string; component: string | null }

function termsOfRow({ root_cause, ...texts }: Texts) {
  return termsOf({ ...texts, cause: root_cause })
}
