import { formatPath, type Path, type PolicyProblem } from './problems.ts'
import type { YamlText } from './yaml-text.ts'

/** Gathers what is wrong and what is odd about a document, each with its place. */
export type Report = {
  problems: PolicyProblem[]
  warnings: PolicyProblem[]
  /** At the value of `path`. */
  refuse(path: Path, message: string, meant?: string | null): void
  /** At the key that `path` ends with. */
  refuseKey(path: Path, message: string, meant?: string | null): void
  warn(path: Path, message: string): void
}

export function createReport(yaml: YamlText): Report {
  const problems: PolicyProblem[] = []
  const warnings: PolicyProblem[] = []
  return {
    problems,
    warnings,
    refuse: (path, message, meant = null) =>
      void problems.push({ ...yaml.locate(path), path: formatPath(path), message, meant }),
    refuseKey: (path, message, meant = null) =>
      void problems.push({ ...yaml.locateKey(path), path: formatPath(path), message, meant }),
    warn: (path, message) => void warnings.push({ ...yaml.locate(path), path: formatPath(path), message, meant: null }),
  }
}
