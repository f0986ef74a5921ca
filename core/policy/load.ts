import { fingerprint } from './fingerprint.ts'
import type { Policy } from './policy.ts'
import type { PolicyProblem } from './problems.ts'
import { parsePath } from './problems.ts'
import { createReport } from './report.ts'
import { resolvePolicy } from './resolve.ts'
import { PolicyDocument } from './schema.ts'
import { schemaProblems } from './schema-problems.ts'
import { type Place, readYaml } from './yaml-text.ts'

export type { Policy } from './policy.ts'
export type { PolicyProblem } from './problems.ts'

export type PolicyLoad =
  | {
      ok: true
      policy: Policy
      /** Odd, but not wrong. */
      warnings: PolicyProblem[]
      /** Where a path such as `escalation.queues[2].group` stands in the file. */
      locate: (path: string) => Place
    }
  | { ok: false; problems: PolicyProblem[] }

/**
 * Reads a policy and checks it whole. Never throws, whatever the text: what is wrong comes back as problems with line,
 * column and path, in the order of the file.
 *
 * @param version names the policy in decisions; a fingerprint of the text when left out
 */
export function loadPolicy(yaml: string, version: string = fingerprint(yaml)): PolicyLoad {
  const reading = readYaml(yaml)
  if (!reading.ok) return reading
  const parsed = PolicyDocument.safeParse(reading.value)
  if (!parsed.success) return { ok: false, problems: inOrder(schemaProblems(parsed.error.issues, reading)) }

  const report = createReport(reading)
  const policy = resolvePolicy(parsed.data.escalation, version, report)
  if (report.problems.length > 0) return { ok: false, problems: inOrder(report.problems) }
  return {
    ok: true,
    policy: frozen(policy),
    warnings: inOrder(report.warnings),
    locate: (path) => reading.locate(parsePath(path)),
  }
}

/** Nobody reads more, and a file of nothing but mistakes must not make an answer of megabytes. */
const MAX_PROBLEMS = 100

function inOrder(problems: PolicyProblem[]): PolicyProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_PROBLEMS)
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof RegExp || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) frozen(inner)
  return value
}
