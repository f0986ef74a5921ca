import type { Completeness, MissingItem } from '../note/completeness.ts'

export function isBelowBar({ score, bar }: Completeness): boolean {
  return score < bar
}

/** What a note that was accepted still owes: nothing once it has reached the bar. */
export function owedBy(completeness: Completeness): MissingItem[] {
  return isBelowBar(completeness) ? completeness.missing : []
}

/** `issue.customer_impact` → `customer impact`; a part that says too little alone keeps its group. */
export function fieldName(path: string): string {
  const parts = path.split('.').map((part) => part.replaceAll('_', ' '))
  return parts[0] === 'customer context' ? parts.join(': ') : parts.at(-1)!
}

/** `customer impact (15 points), symptoms (10 points)`. */
export function listMissing(missing: readonly MissingItem[]): string {
  return missing.map(({ field, points }) => `${fieldName(field)} (${points} points)`).join(', ')
}
