import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type Answered, type Asked, findSimilar } from './find.ts'
import { createLessons } from './lessons.ts'
import { createPastCases } from './past-cases.ts'

/** Past escalations and what they teach, for everybody who asks. */
export type Similar = {
  find(accountId: number, asked: Asked): Promise<Answered>
  /** Learns what an account's past escalations teach, now; otherwise it is learnt in the background once somebody asks. */
  learn(accountId: number): Promise<void>
}

type SimilarDeps = { db: Database; clock: Clock; onError(error: unknown): void }

export function createSimilar({ db, clock, onError }: SimilarDeps): Similar {
  const pastCases = createPastCases(db)
  const lessons = createLessons({ db, clock, onError })
  return {
    find: (accountId, asked) => findSimilar(accountId, asked, { db, pastCases, lessons }),
    learn: (accountId) => lessons.learn(accountId),
  }
}
