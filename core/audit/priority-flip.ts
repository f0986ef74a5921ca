import { evidenceOf, type Finding, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import type { Update } from './update.ts'

const ORDER = ['low', 'normal', 'high', 'urgent']

/** Lowered when a target was about to be used up or just was, or lowered for a while: meanwhile a longer target counted. */
export const priorityFlip: Rule = (updates, { ticketId, isAgent, deadlines, now }) => {
  const lowered = updates.filter(({ priority, byId }) => priority !== null && isLower(priority) && isAgent(byId))
  const findings = lowered.flatMap((low): Finding[] => {
    const { from, to } = low.priority!
    const next = updates.slice(updates.indexOf(low) + 1).find(({ priority }) => priority !== null)
    const isBack = next !== undefined && isRaised(next, low) && next.at - low.at <= LIMITS.flipWithinMs
    const deadline = deadlines.find(({ at }) => Math.abs(at - low.at) <= LIMITS.nearDeadlineMs)
    if (!isBack && !deadline) return []
    const evidence = [
      evidenceOf(low, `priority ${from} to ${to}`),
      ...(isBack ? [evidenceOf(next, `priority ${next.priority!.from} to ${next.priority!.to}`)] : []),
    ]
    const caveat = deadline
      ? `${deadline.clock} was due ${new Date(deadline.at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
      : null
    const span = { from: low.at, to: next?.at ?? now }
    return [{ pattern: 'priority-flip', ticketId, byId: low.byId!, evidence, ...span, caveat }]
  })
  return { findings, chances: lowered.map(({ byId, at }) => ({ byId: byId!, at })) }
}

function isLower({ from, to }: NonNullable<Update['priority']>): boolean {
  return rank(to) >= 0 && rank(from) > rank(to)
}

function isRaised({ priority, byId }: Update, low: Update): boolean {
  return byId === low.byId && rank(priority!.to) >= rank(low.priority!.from)
}

function rank(priority: string | null): number {
  return ORDER.indexOf(priority ?? '')
}
