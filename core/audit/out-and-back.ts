import { evidenceOf, type Finding, type Rule } from './finding.ts'
import { LIMITS } from './patterns.ts'
import type { Moved, Update } from './update.ts'

/** Given away and taken back by the same hand: ownership clocks began anew, or stood still, and nobody did anything. */
export const outAndBack: Rule = (updates, means) => {
  const moves = updates.filter(
    ({ group, assignee, isCreation, byId }) => !isCreation && (group ?? assignee) !== null && means.isAgent(byId),
  )
  const taken = new Set<Update>()
  const findings = moves.flatMap((out): Finding[] => {
    if (taken.has(out)) return []
    const kind = out.group ? 'group' : 'assignee'
    const after = updates.slice(updates.indexOf(out) + 1)
    const back = after.find((update) => update[kind] !== null)
    if (!back || back.byId !== out.byId || back.at - out.at > LIMITS.backWithinMs) return []
    if (!isUndone(out[kind]!, back[kind]!)) return []
    const between = after.slice(0, after.indexOf(back))
    if (between.some(({ byId }) => byId !== out.byId)) return []
    taken.add(back)
    const evidence = [evidenceOf(out, `${kind} changed`), evidenceOf(back, `${kind} changed back`)]
    const span = { from: out.at, to: back.at }
    return [{ pattern: 'out-and-back', ticketId: means.ticketId, byId: out.byId!, evidence, ...span, caveat: null }]
  })
  return { findings, chances: moves.map(({ byId, at }) => ({ byId: byId!, at })) }
}

/** Taking a ticket that nobody had and leaving it again gives nothing away. */
function isUndone(out: Moved, back: Moved): boolean {
  return out.from !== null && out.from === back.to && out.to === back.from
}
