import type { TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { MeasureCase, TierStay } from './case.ts'
import { casesOfClocks } from './cases-of-clocks.ts'
import { casesOfEpisode } from './cases-of-episode.ts'
import { casesOfHandOvers } from './cases-of-hand-overs.ts'
import { casesOfPromises } from './cases-of-promises.ts'
import { staysOfEscalation } from './stays-of.ts'
import { type Measuring, subjectOf } from './subject.ts'

/** What one ticket adds to every figure. */
export type Measured = {
  cases: MeasureCase[]
  stays: TierStay[]
  /** When it has to be measured again though nothing happens to it; null for never. */
  dueAt: Instant | null
}

/** Pure: the same state, record and calendars give the same cases, whenever they are asked for. */
export function measureTicket(state: TicketState, setting: Measuring): Measured {
  const subjects = state.escalations.map((escalation) => subjectOf(state, escalation, setting))
  const clocks = casesOfClocks(state, subjects)
  return {
    cases: [
      ...subjects.flatMap((subject) => [
        ...casesOfEpisode(subject),
        ...casesOfHandOvers(subject),
        ...casesOfPromises(subject),
      ]),
      ...clocks.cases,
    ],
    stays: subjects.flatMap(staysOfEscalation),
    dueAt: clocks.dueAt,
  }
}
