import type { ReturnReason } from '../escalation/life-state.ts'
import type { Instant } from '../units.ts'
import type { MeasureCase } from './case.ts'
import type { Chapter } from './chapters.ts'
import { caseOf, ownerIn, type Subject, secondsBetween } from './subject.ts'

/** What was sent back for these should not have been sent, or not so. */
const SENT_IN_VAIN: readonly ReturnReason[] = ['incomplete', 'below_tier', 'known_issue', 'wrong_queue', 'duplicate']

/** Cases of each tier that had it: how fast it went through its steps, and whether it kept what it was sent. */
export function casesOfHandOvers(subject: Subject): MeasureCase[] {
  return subject.chapters.flatMap((chapter) => [...stepsOf(subject, chapter), ...returnOf(subject, chapter)])
}

/** The steps one after the other; each is measured from the end of the one before. */
function stepsOf(subject: Subject, chapter: Chapter): MeasureCase[] {
  const { first, handOver } = chapter
  const [accepted, cause, fix, told] = [
    first('accepted')?.at ?? null,
    first('cause-found')?.at ?? null,
    first('fix-available')?.at ?? null,
    first('customer-told')?.at ?? null,
  ]
  return [
    step('time_to_acknowledge', handOver.at, accepted),
    ...(accepted === null ? [] : [step('time_to_investigate', accepted, cause)]),
    ...(cause === null ? [] : [step('time_to_fix', cause, fix)]),
    ...(fix === null ? [] : [step('time_to_tell_customer', fix, told)]),
  ]

  function step(measure: MeasureCase['measure'], from: Instant, to: Instant | null): MeasureCase {
    const common = { measure, at: from, part: chapter.index, places: { agent: ownerIn(subject, chapter) } }
    if (to !== null && to >= from) {
      return caseOf(subject, { ...common, outcome: 'hit', amount: secondsBetween(from, to), note: 'done' })
    }
    const { ending } = subject
    if (chapter.next === null && ending.isOpen) return caseOf(subject, { ...common, outcome: 'open', note: 'open' })
    const outcome = ending.excluded === 'merged' || ending.excluded === 'deleted' ? ending.excluded : 'cancelled'
    return caseOf(subject, { ...common, outcome, note: chapter.next ? 'handed on' : 'over' })
  }
}

/** Accepted, or sent back: whichever the tier did with it last. */
function returnOf(subject: Subject, chapter: Chapter): MeasureCase[] {
  const { handOver, first, index, returns, next } = chapter
  const common = { measure: 'returns', part: index } as const
  const [back] = returns
  if (back) {
    const note = `returned: ${back.reason.replaceAll('_', ' ')}`
    const outcome = SENT_IN_VAIN.includes(back.reason) ? 'hit' : 'miss'
    return [caseOf(subject, { ...common, at: back.at, outcome, note, places: { reason: back.reason } })]
  }
  const accepted = first('accepted')
  if (accepted) return [caseOf(subject, { ...common, at: accepted.at, outcome: 'miss', note: 'accepted' })]
  if (next === null && subject.ending.isOpen) {
    return [caseOf(subject, { ...common, at: handOver.at, outcome: 'open', note: 'not accepted' })]
  }
  return [caseOf(subject, { ...common, at: handOver.at, outcome: 'cancelled', note: 'never accepted' })]
}
