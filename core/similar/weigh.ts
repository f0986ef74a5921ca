import { wordsOf } from './terms.ts'

/** What a text is made of for looking up others like it: how often each word occurs, weighted by where. */
export type Terms = ReadonlyMap<string, number>

/** The parts of a problem that tell it from others, as people wrote them. */
export type ProblemText = {
  summary: string
  /** Symptoms, steps, whatever was written at length. */
  body?: string
  /** Messages of errors, excerpts of logs. */
  errors?: string
  /** Known of a past one only. */
  cause?: string
  /** Id of the component. */
  component?: string | null
}

/** Someone chose each word of a summary; measured in `docs/similar.md`. */
const SUMMARY_WEIGHT = 3
/** Whoever asks does not know the cause yet: it helps those who guess it, and hardly counts against the others. */
const CAUSE_WEIGHT = 0.5
/** A log that was pasted whole must not drown what people wrote. */
const MOST_ERROR_WORDS = 200
const MOST_BODY_WORDS = 2000
/** A text of more different words than this is told apart by the commonest of them. */
export const MOST_TERMS = 256

/** The terms of a problem. Components are terms that no text can hold. */
export function termsOf({ summary, body = '', errors = '', cause = '', component }: ProblemText): Terms {
  const counts = new Map<string, number>()
  add(wordsOf(summary), SUMMARY_WEIGHT)
  add(wordsOf(body).slice(0, MOST_BODY_WORDS), 1)
  add(wordsOf(errors).slice(0, MOST_ERROR_WORDS), 1)
  add(wordsOf(cause), CAUSE_WEIGHT)
  if (component) add([`component:${component}`], 1)
  if (counts.size <= MOST_TERMS) return counts
  // Sorting is stable: of words as frequent as each other, those that came first stay.
  return new Map([...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_TERMS))

  function add(words: readonly string[], weight: number): void {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
}
