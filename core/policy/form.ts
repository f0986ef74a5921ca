import type { Form } from '../contract/api.ts'
import { Severity } from '../severity.ts'
import type { Policy } from './policy.ts'

/** What the note form needs of a policy. */
export function formOf(policy: Policy): Form {
  return {
    policyVersion: policy.version,
    tiers: policy.tiers.map(({ level, name, capabilities, criteria }) => ({
      level,
      name,
      capabilities: [...capabilities],
      criteria: [...criteria],
    })),
    components: policy.components.map(({ id, name, keywords }) => ({ id, name, keywords: [...keywords] })),
    categories: policy.categories.map(({ id }) => id),
    severities: Severity.options.map((severity) => ({
      severity,
      description: policy.severities[severity].description,
    })),
    weights: { ...policy.note.weights },
    bar: policy.note.bar,
    sentAtOnce: [...policy.note.sentAtOnce],
  }
}
