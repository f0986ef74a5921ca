import { loadPolicy, type Policy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'

/** A policy for a test; one that is refused fails the test with its problems. */
export function aLoadedPolicy(yaml: string, version?: string): Policy {
  const loaded = loadPolicy(yaml, version)
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => formatProblem('policy', problem)).join('\n'))
  return loaded.policy
}

/** Three plain tiers, one queue each, and whatever `more` adds under `escalation:` (indented by two spaces). */
export function aPolicy(more = '', version = 'test'): Policy {
  return aLoadedPolicy(`${PLAIN}${more}`, version)
}

export const PLAIN = `escalation:
  tiers:
    - { level: 1, name: Front line, team: Support, sla: { first_response: 4h, resolution_target: 24h } }
    - { level: 2, name: Specialists, team: Specialists, sla: { first_response: 2h, resolution_target: 8h } }
    - { level: 3, name: Engineering, team: Engineering, sla: { first_response: 1h, resolution_target: 4h } }
`
