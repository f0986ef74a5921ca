/**
 * Something in a package that Zendesk refuses (`error`) or reviewers ask about (`warning`). `message` says what to do.
 */
export type LintFinding = { level: 'error' | 'warning'; rule: string; file: string; message: string }

export function error(rule: string, file: string, message: string): LintFinding {
  return { level: 'error', rule, file, message }
}

export function warning(rule: string, file: string, message: string): LintFinding {
  return { level: 'warning', rule, file, message }
}
