import type { z } from 'zod'

const EXPECTED: Record<string, string> = {
  string: 'text; put it in quotes',
  array: "a list, one entry per line, each after '- '",
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of keys',
}

/** What the note's schema found wrong with a value, as a sentence for the person who wrote it. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `Must be ${EXPECTED[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_value') return `Must be one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'too_big' && issue.origin !== 'string' && issue.origin !== 'array') {
    return `Must be at most ${issue.maximum}.`
  }
  if (issue.code === 'too_small') return `Must be at least ${issue.minimum}.`
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`
}
