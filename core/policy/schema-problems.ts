import type { z } from 'zod'
import { nearest } from '../nearest.ts'
import { knownKeys } from './known-keys.ts'
import { formatPath, type Path, type PolicyProblem } from './problems.ts'
import { PolicyDocument } from './schema.ts'
import type { YamlText } from './yaml-text.ts'

/** Turns what the schema refused into problems with a place, in the order of the file. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], yaml: YamlText): PolicyProblem[] {
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue, yaml) : []))
  // A key that was misspelt is one mistake: the right one is not reported as missing as well.
  const misspelt = new Set(unknown.map(({ parent, problem }) => formatPath([...parent, problem.meant ?? ''])))
  const others = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .filter((issue) => yaml.has(pathOf(issue)) || !misspelt.has(formatPath(pathOf(issue))))
    .map((issue) => problemOf(issue, yaml))
  return [...unknown.map(({ problem }) => problem), ...others]
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  yaml: YamlText,
): { parent: Path; problem: PolicyProblem }[] {
  const parent = pathOf(issue)
  return issue.keys.map((key) => {
    const path = [...parent, key]
    const meant = nearest(key, knownKeys(PolicyDocument, parent))
    return {
      parent,
      problem: { ...yaml.locateKey(path), path: formatPath(path), message: `Unknown key "${key}"`, meant },
    }
  })
}

function problemOf(issue: z.core.$ZodIssue, yaml: YamlText): PolicyProblem {
  const path = pathOf(issue)
  const isMissing = issue.code === 'invalid_type' && !yaml.has(path)
  const given = valueAt(yaml.value, path)
  return {
    ...(isMissing ? yaml.locateKey(path) : yaml.locate(path)),
    path: formatPath(path),
    message: isMissing ? `"${String(path.at(-1))}" is missing` : messageOf(issue, given),
    meant: issue.code === 'invalid_value' ? nearest(String(given ?? ''), issue.values.map(String)) : null,
  }
}

function messageOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return given === null || given === undefined
      ? 'Has no value'
      : `Must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(given)}`
  }
  if (issue.code === 'invalid_value') return `Must be one of ${issue.values.map(String).join(', ')}, not ${show(given)}`
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'Not a usable key'
  return issue.message
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list'
  return KINDS[typeof given] ?? 'that'
}

function show(given: unknown): string {
  if (given === null || given === undefined) return 'nothing'
  return typeof given === 'object' ? kindOf(given) : JSON.stringify(given).slice(0, 80)
}

function pathOf(issue: z.core.$ZodIssue): Path {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, step) => {
    if (typeof found === 'object' && found !== null) return (found as Record<string, unknown>)[step]
    // One value may stand where a list is meant.
    return step === 0 ? found : undefined
  }, value)
}
