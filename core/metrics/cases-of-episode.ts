import { bouncesIn } from '../escalation/bounces.ts'
import { creationOf } from '../escalation/customer-clock.ts'
import type { Instant } from '../units.ts'
import type { MeasureCase } from './case.ts'
import { caseOf, ownerIn, type Subject, secondsBetween } from './subject.ts'

/** Fewer bounces are no ping-pong. */
const PING_PONG = 2

/** Cases of an episode as a whole; all but what its ending decides count in the window in which it was asked for. */
export function casesOfEpisode(subject: Subject): MeasureCase[] {
  const { escalation, ending, chapters } = subject
  const { requestedAt: at, askedAbout, handOvers, returns, release, resolution } = escalation
  const wentBack = returns.length + returns.filter(({ cameBack }) => cameBack !== null).length
  const bounces = bouncesOf(subject)
  const last = chapters.at(-1)
  const specialist = last ? { agent: ownerIn(subject, last) } : {}
  return [
    caseOf(subject, {
      ...{ measure: 'escalations', at, outcome: ending.isOpen ? 'open' : 'hit' },
      note: ending.isOpen ? 'open' : ending.resolvedAt === null ? 'over' : 'resolved',
    }),
    ...firstOfTicket(subject),
    caseOf(subject, {
      ...{ measure: 'mttr', at, places: specialist },
      ...(ending.resolvedAt !== null && { amount: secondsBetween(at, ending.resolvedAt) }),
      outcome: ending.excluded ?? (ending.resolvedAt === null ? 'open' : 'hit'),
      note: ending.resolvedAt === null ? (ending.isOpen ? 'open' : 'over') : 'resolved',
    }),
    shared('context_loss', askedAbout.length > 0, askedAbout.length > 0 ? 'had to ask' : ''),
    shared('ping_pong', bounces.length >= PING_PONG, bounces.length === 0 ? '' : `${bounces.length} bounces`),
    caseOf(subject, {
      ...{ measure: 'handoffs', at, amount: handOvers.length + wentBack, note: ending.isOpen ? 'open' : 'over' },
      outcome: ending.isOpen ? 'open' : orExcluded('hit'),
    }),
    ...bounceCost(subject, bounces),
    ...completeness(subject),
    ...(release
      ? [
          caseOf(subject, {
            ...{ measure: 'hotfix_share', at: release.at, places: specialist },
            ...{ outcome: release.release === 'hotfix' ? 'hit' : 'miss', note: release.release.replaceAll('_', ' ') },
          }),
        ]
      : []),
    ...(resolution
      ? [
          caseOf(subject, {
            ...{ measure: 'link_rate', at: resolution.at, places: { ...specialist, reason: resolution.code } },
            outcome: resolution.article === 'linked' || resolution.article === 'improved' ? 'hit' : 'miss',
            note: `article ${resolution.article.replaceAll('_', ' ')}`,
          }),
          caseOf(subject, {
            ...{ measure: 'l1_capable', at: resolution.at, places: { reason: resolution.code } },
            outcome: resolution.couldBeLower === null ? 'unsaid' : resolution.couldBeLower ? 'hit' : 'miss',
            note: resolution.couldBeLower === null ? 'nobody said' : resolution.couldBeLower ? 'lower' : 'not lower',
          }),
        ]
      : []),
  ]

  /** Once it is so it stays so; that it is not is known when it is over. */
  function shared(measure: MeasureCase['measure'], isSo: boolean, note: string): MeasureCase {
    const outcome = isSo ? 'hit' : 'miss'
    return caseOf(subject, { measure, at, note, outcome: isSo || !ending.isOpen ? orExcluded(outcome) : 'open' })
  }

  function orExcluded(outcome: 'hit' | 'miss'): MeasureCase['outcome'] {
    return ending.excluded === 'merged' || ending.excluded === 'deleted' ? ending.excluded : outcome
  }
}

/** How long the ticket waited for its first escalation. */
function firstOfTicket(subject: Subject): MeasureCase[] {
  const { state, escalation } = subject
  const created = state.moments.some(({ what }) => what === 'created') ? creationOf(state) : null
  if (created === null || state.escalations[0] !== escalation) return []
  const { requestedAt: at } = escalation
  const amount = secondsBetween(created.at, at)
  return [caseOf(subject, { measure: 'time_to_escalate', at, outcome: 'hit', amount, note: 'escalated' })]
}

/** When it went to a queue that had it before, whether handed on to it or sent again after a return. */
export function bouncesOf({ escalation: { handOvers, returns } }: Pick<Subject, 'escalation'>): Instant[] {
  const back = returns.flatMap(({ cameBack }) => (cameBack === null ? [] : [cameBack.at]))
  const handed = bouncesIn(handOvers).map(({ at }) => at)
  return [...new Set([...handed, ...back])].toSorted((a, b) => a - b)
}

/** From each bounce until somebody accepts, it bounces again or it is over. */
function bounceCost(subject: Subject, bounces: readonly Instant[]): MeasureCase[] {
  const [at] = bounces
  if (at === undefined) return []
  const { escalation, ending } = subject
  const accepts = escalation.signals.filter(({ signal }) => signal === 'accepted').map((one) => one.at)
  const ends = [...accepts, ...bounces, ...[ending.resolvedAt, ending.overAt].filter((one) => one !== null)]
  const waits = bounces.map((from) => {
    const after = ends.filter((end) => end > from)
    return after.length === 0 ? null : Math.min(...after) - from
  })
  const common = { measure: 'bounce_cost', at, note: `${bounces.length} bounces` } as const
  if (waits.includes(null)) return [caseOf(subject, { ...common, outcome: 'open' })]
  const amount = secondsBetween(
    0,
    waits.reduce<number>((sum, wait) => sum + wait!, 0),
  )
  const { excluded } = ending
  const outcome = excluded === 'merged' || excluded === 'deleted' ? excluded : 'hit'
  return [caseOf(subject, { ...common, outcome, amount })]
}

/** What the note scored when it was sent; of one that was moved by hand, nothing was sent. */
function completeness(subject: Subject): MeasureCase[] {
  const { escalation, recorded } = subject
  const sent = recorded.find(({ kind }) => kind === 'requested')
  if (escalation.registeredBy !== 'note' || sent?.kind !== 'requested') return []
  const { requestedAt: at } = escalation
  const amount = Math.round(sent.score)
  return [caseOf(subject, { measure: 'note_completeness', at, outcome: 'hit', amount, note: `${amount} of 100` })]
}
