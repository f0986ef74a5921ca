import { evidenceOf, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import { isPublic, type Update } from './update.ts'

/** Set to pending, in which clocks rest, without anything the customer could answer. */
export const silentPending: Rule = (updates, { ticketId, isAgent, now }) => {
  const rests = updates.filter(({ status, byId }) => status?.to === 'pending' && !status.isByRule && isAgent(byId))
  const findings = rests.flatMap((rest) => {
    const said = wordsBefore(rest, updates)
    const isRead = said.length > 0 && said.every(({ asks }) => asks !== null)
    if (said.length > 0 && (!isRead || said.some(({ asks }) => asks))) return []
    const left = updates.slice(updates.indexOf(rest) + 1).find(({ status }) => status !== null)
    const what = said.length === 0 ? 'pending, no public comment' : 'pending, and the public comment asks nothing'
    const evidence = [evidenceOf(rest, what), ...(left ? [evidenceOf(left, `${left.status!.to}`)] : [])]
    const span = { from: rest.at, to: left?.at ?? now }
    const caveat = left ? null : 'It is still pending.'
    return [{ pattern: 'silent-pending' as const, ticketId, byId: rest.byId!, evidence, ...span, caveat }]
  })
  return { findings, chances: rests.map(({ byId, at }) => ({ byId: byId!, at })) }
}

/** Public words of the same person, in the update or shortly before it. */
function wordsBefore(rest: Update, updates: readonly Update[]): Update['comments'] {
  return updates
    .filter(({ at, byId }) => byId === rest.byId && at <= rest.at && at >= rest.at - LIMITS.askedWithinMs)
    .filter(isPublic)
    .flatMap(({ comments }) => comments.filter((comment) => comment.isPublic))
}
