import { setImmediate } from 'node:timers/promises'
import { findingPatterns, type Pattern } from '../../core/patterns/patterns.ts'
import { type Clock, HOUR_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { lastChange, type ReadCases, readCases } from './read-cases.ts'

export type FoundPatterns = ReadCases & { patterns: Pattern[] }

export type Patterns = {
  /** The patterns of an account, found anew when one of its cases has changed. */
  of(accountId: number): Promise<FoundPatterns>
}

type Kept = { last: number; at: Instant; found: Promise<FoundPatterns> }

/** A merge changes no case; it is noticed by then. */
const KEPT_MS = HOUR_MS
const MOST_ACCOUNTS = 20

/** Who asks at the same time waits for one answer, and others are served meanwhile. */
export function createPatterns(db: Database, clock: Clock): Patterns {
  const accounts = new Map<number, Kept>()

  return {
    async of(accountId) {
      const last = await inAccount(db, accountId, lastChange)
      const kept = accounts.get(accountId)
      if (kept?.last === last && clock.now() - kept.at < KEPT_MS) return kept.found
      const made: Kept = { last, at: clock.now(), found: find(accountId) }
      accounts.delete(accountId)
      accounts.set(accountId, made)
      for (const oldest of accounts.keys()) {
        if (accounts.size <= MOST_ACCOUNTS) break
        accounts.delete(oldest)
      }
      try {
        return await made.found
      } catch (error) {
        if (accounts.get(accountId) === made) accounts.delete(accountId)
        throw error
      }
    },
  }

  async function find(accountId: number): Promise<FoundPatterns> {
    const read = await inAccount(db, accountId, readCases)
    const finding = findingPatterns(read.cases)
    for (;;) {
      const { done, value } = finding.next()
      if (done) return { ...read, patterns: value }
      await setImmediate()
    }
  }
}
