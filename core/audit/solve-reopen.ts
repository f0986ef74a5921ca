import { evidenceOf, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import { isPublic } from './update.ts'

/** Solved, and opened again by whoever solved it. In between every clock that stops when a ticket is solved stood still. */
export const solveReopen: Rule = (updates, { ticketId, isAgent }) => {
  const solves = updates.filter(({ status, byId }) => status?.to === 'solved' && !status.isByRule && isAgent(byId))
  const findings = solves.flatMap((solve) => {
    const after = updates.slice(updates.indexOf(solve) + 1)
    const back = after.find(({ status }) => status !== null)
    if (!back || back.byId !== solve.byId || back.status!.isByRule || back.status!.to === 'closed') return []
    if (back.at - solve.at > LIMITS.reopenWithinMs) return []
    const between = after.slice(0, after.indexOf(back))
    if (between.some((update) => isPublic(update) && !isAgent(update.byId))) return []
    const evidence = [evidenceOf(solve, 'solved'), evidenceOf(back, `${back.status!.to} again`)]
    const span = { from: solve.at, to: back.at }
    return [{ pattern: 'solve-reopen' as const, ticketId, byId: solve.byId!, evidence, ...span, caveat: null }]
  })
  return { findings, chances: solves.map(({ byId, at }) => ({ byId: byId!, at })) }
}
