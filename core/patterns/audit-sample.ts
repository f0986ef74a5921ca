/** So many escalations a month are looked at by somebody who did not work on them. */
export const AUDITED_A_MONTH = 20

/** Draws by lot, the same ones whenever it is asked: nobody can choose by asking again. */
export function auditSample(escalationIds: readonly string[], month: string, size = AUDITED_A_MONTH): string[] {
  return escalationIds
    .map((id) => ({ id, lot: lotOf(`${month} ${id}`) }))
    .toSorted((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id)
}

/** FNV-1a, stirred: ids that differ in their last digit must not be neighbours. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
