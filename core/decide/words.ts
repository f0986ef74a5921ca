const SPECIAL = /[.*+?^${}()|[\]\\/]/g

/** A pattern that finds any of the words as a whole word, in any script, whatever the case. Null when there is none. */
export function wordPattern(words: readonly string[]): RegExp | null {
  const parts = words.map((word) => word.trim()).filter((word) => word !== '')
  if (parts.length === 0) return null
  const either = parts.map((word) => word.replace(SPECIAL, '\\$&').replace(/\s+/g, '\\s+')).join('|')
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${either})(?![\\p{L}\\p{N}_])`, 'iu')
}
