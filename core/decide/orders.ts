import { PRIORITIES, type Priority, Severity } from '../severity.ts'

/** The more severe of two; what is not known loses. */
export function worse(a: Severity | null, b: Severity | null): Severity | null {
  if (a === null || b === null) return a ?? b
  return Severity.options.indexOf(a) <= Severity.options.indexOf(b) ? a : b
}

/** The higher of two priorities; what is not set loses. */
export function higher(a: Priority, b: Priority | null): Priority {
  return b !== null && PRIORITIES.indexOf(b) > PRIORITIES.indexOf(a) ? b : a
}
