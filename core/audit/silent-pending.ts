import { evidenceOf, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import { isPublic, type Update } from './update.ts'

/** Set to pending, in which clocks rest, without anything the customer could answer. */
export const silentPending: Rule = (updates, { ticketId, isAgent, now }) => {
  const rests = updates.filter(({ status, byId }) => status?.to === 'pending' && !status.isByRule && isAgent(byId))
  const findings = rests.flatMap((rest) => {
    const said = wordsBefore(rest, updates)
    const isRead = said.length > 0 && said.every(({ asks }) => asks !== null)
    if (isRead && said.some(({ asks }) => asks)) return []
    const after = updates.slice(updates.indexOf(rest) + 1)
    const left = after.find(({ status }) => status !== null)
    const isTakenBack = left !== undefined && isUnanswered(rest, left, after, isAgent)
    if (said.length > 0 && !isRead && !isTakenBack) return []
    const what =
      said.length === 0
        ? 'pending, no public comment'
        : isRead
          ? 'pending, and the public comment asks nothing'
          : 'pending, ended by the same person with no word of the customer'
    const evidence = [evidenceOf(rest, what), ...(left ? [evidenceOf(left, `${left.status!.to}`)] : [])]
    const span = { from: rest.at, to: left?.at ?? now }
    const caveat = left ? null : 'It is still pending.'
    return [{ pattern: 'silent-pending' as const, ticketId, byId: rest.byId!, evidence, ...span, caveat }]
  })
  return { findings, chances: rests.map(({ byId, at }) => ({ byId: byId!, at })) }
}

/** Opened again by whoever set it to pending, while the customer said nothing: whatever was written, nobody was waited for. */
function isUnanswered(
  rest: Update,
  left: Update,
  after: readonly Update[],
  isAgent: (byId: number | null) => boolean,
): boolean {
  const isSame = left.byId === rest.byId && !left.status!.isByRule && left.status!.to === 'open'
  const between = after.slice(0, after.indexOf(left) + 1)
  return isSame && !between.some((update) => isPublic(update) && !isAgent(update.byId))
}

/** Public words of the same person, in the update or shortly before it. */
function wordsBefore(rest: Update, updates: readonly Update[]): Update['comments'] {
  return updates
    .filter(({ at, byId }) => byId === rest.byId && at <= rest.at && at >= rest.at - LIMITS.askedWithinMs)
    .filter(isPublic)
    .flatMap(({ comments }) => comments.filter((comment) => comment.isPublic))
}
