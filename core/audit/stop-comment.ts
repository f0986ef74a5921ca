import { evidenceOf, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import { isPublic, type Update } from './update.ts'

/** A public reply ends the reply clock whatever it says; this looks at those that say little or come at the last minute. */
export const stopComment: Rule = (updates, { ticketId, isAgent, deadlines, now }) => {
  const replies = repliesToWaiting(updates, isAgent)
  const findings = replies.flatMap((reply) => {
    const lengths = reply.comments.filter((comment) => comment.isPublic).map(({ length }) => length)
    const isShort = lengths.every((length) => length !== null && length <= LIMITS.shortComment)
    const deadline = deadlines.find(
      ({ at, isForReply }) => isForReply && at > reply.at && at - reply.at <= LIMITS.nearDeadlineMs,
    )
    if (!isShort && !deadline) return []
    if (reply.status !== null && reply.status.to !== 'open') return []
    const after = updates.slice(updates.indexOf(reply) + 1)
    const next = after.find((update) => isPublic(update) && isAgent(update.byId)) ?? null
    const until = next?.at ?? now
    if (until - reply.at < LIMITS.followedWithinMs) return []
    if (after.some(({ at, status }) => at < until && status?.to === 'solved')) return []
    const what = isShort ? `public reply of ${lengths[0]} characters` : 'public reply'
    const evidence = [evidenceOf(reply, what), ...(next ? [evidenceOf(next, 'next public word of ours')] : [])]
    const caveat = deadline
      ? `${deadline.clock} was due ${Math.ceil((deadline.at - reply.at) / 60_000)} min later.`
      : null
    const span = { from: reply.at, to: until }
    return [{ pattern: 'stop-comment' as const, ticketId, byId: reply.byId!, evidence, ...span, caveat }]
  })
  return { findings, chances: replies.map(({ byId, at }) => ({ byId: byId!, at })) }
}

/** The first public word of ours after each word of the customer's. */
function repliesToWaiting(updates: readonly Update[], isAgent: (byId: number | null) => boolean): Update[] {
  const found: Update[] = []
  let isWaiting = false
  for (const update of updates) {
    if (!isPublic(update)) continue
    const isOurs = isAgent(update.byId)
    if (isOurs && isWaiting && !update.isCreation) found.push(update)
    isWaiting = !isOurs
  }
  return found
}
