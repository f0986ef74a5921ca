import type { Form } from '../../core/contract/api.ts'

export type ComponentGuess = { id: string; words: string[] }

const SUBJECT_WEIGHT = 3

/**
 * The component whose keywords the ticket uses most, with those words as the reason.
 * @returns null when no keyword is found, or when two components have equal claims
 */
export function guessComponent(
  components: Form['components'],
  { subject, text }: { subject: string; text: string },
): ComponentGuess | null {
  const ranked = components
    .map(({ id, name, keywords }) => {
      const words = [...new Set([name, ...keywords].map((word) => word.trim().toLowerCase()))].filter(Boolean)
      const found = words.filter((word) => says(subject, word) || says(text, word))
      const score = found.reduce((sum, word) => sum + (says(subject, word) ? SUBJECT_WEIGHT : 1), 0)
      return { id, words: found, score }
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)

  const [best, second] = ranked
  if (!best || best.score === second?.score) return null
  return { id: best.id, words: best.words }
}

/** Whole words only: "api" is not in "rapid". */
function says(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}
