import { loadPolicy, type Policy } from '../../core/policy/load.ts'

const MAX_KEPT = 100
const kept = new Map<string, Policy>()

/**
 * The loaded policy of a version, from memory when it was loaded before. `digest` is of the YAML, so that two
 * accounts, or two databases, that use one version name for different policies don't meet.
 *
 * @throws {StoredPolicyBroken} when a stored policy no longer loads
 */
export async function keptPolicy(version: string, digest: string, readYaml: () => Promise<string>): Promise<Policy> {
  const key = `${version} ${digest}`
  const known = kept.get(key)
  if (known) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const loaded = loadPolicy(await readYaml(), version)
  if (!loaded.ok) throw new StoredPolicyBroken(version, loaded.problems[0]?.message ?? '')
  kept.set(key, loaded.policy)
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!)
  return loaded.policy
}

/** A policy was stored by a Baton that took what this one refuses. */
export class StoredPolicyBroken extends Error {
  override readonly name = 'StoredPolicyBroken'

  constructor(version: string, problem: string) {
    super(`The stored policy ${version} does not load: ${problem}. Save a corrected policy.`)
  }
}
