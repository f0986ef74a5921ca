import { nearest } from '../nearest.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'

/** Refuses ids of customer tiers that the policy does not have. */
export function checkCustomerTiers(
  ids: readonly string[] | undefined,
  known: readonly string[],
  path: Path,
  report: Report,
): void {
  for (const id of ids ?? []) {
    if (!known.includes(id)) report.refuse(path, `There is no customer tier "${id}"`, nearest(id, known))
  }
}
