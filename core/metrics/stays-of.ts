import type { Instant } from '../units.ts'
import type { TierStay } from './case.ts'
import { ownerIn, placesAt, type Subject } from './subject.ts'

/**
 * Where an escalation was and who had it, from the hand-off until it was resolved or over. What was returned stays open,
 * with the queue that is to get it back, and nobody of that queue has it.
 */
export function staysOfEscalation(subject: Subject): TierStay[] {
  const { escalation, chapters, ending, state } = subject
  const ended = [ending.resolvedAt, ending.overAt].filter((at) => at !== null)
  const end = ended.length === 0 ? null : Math.min(...ended)
  const stays = chapters.flatMap((chapter) => {
    const until = chapter.next?.at ?? end
    const owner = ownerIn(subject, chapter)
    const acceptedAt = chapter.first('accepted')?.at ?? null
    const cuts = [
      { at: chapter.handOver.at, standing: 'with-tier' as const },
      ...chapter.returns.flatMap(({ at, cameBack }) => [
        { at, standing: 'returned' as const },
        ...(cameBack ? [{ at: cameBack.at, standing: 'with-tier' as const }] : []),
      ]),
      ...(acceptedAt === null ? [] : [{ at: acceptedAt, standing: 'with-tier' as const }]),
    ].toSorted((a, b) => a.at - b.at)
    return cuts.map((cut, index) => {
      const { agent: _, tier: __, queue: ___, ...places } = placesAt(subject, cut.at)
      const hasOwner = cut.standing === 'with-tier' && acceptedAt !== null && cut.at >= acceptedAt
      return {
        ...places,
        ...{ tier: chapter.handOver.tier, queue: chapter.handOver.queue, standing: cut.standing },
        ...{ owner: hasOwner ? owner : null, from: cut.at, to: earlier(cuts[index + 1]?.at ?? until, end) },
      }
    })
  })
  return stays
    .filter(({ from, to }) => to === null || to > from)
    .map((stay, part) => ({
      ...{ escalationId: escalation.id, ticketId: state.ticketId, requestedAt: escalation.requestedAt, part },
      ...stay,
    }))
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.min(a, b)
}
