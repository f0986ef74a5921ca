/** A component as far as guessing needs it: its words, and one pattern for each of them, in their order. */
export type Guessable = { keywords: readonly string[]; patterns: readonly RegExp[] }

export type ComponentGuess<C extends Guessable> = { component: C; keywords: string[] }

/**
 * The component whose keywords the texts speak of most, with the words that told; null when none does, or when two have
 * equal claims. A keyword in `strong` counts three times as much as one in `weak`.
 *
 * @param strong what a person wrote to say what is wrong: subject, summary, symptoms
 * @param weak everything else, such as the first message
 */
export function guessComponent<C extends Guessable>(
  components: readonly C[],
  strong: string,
  weak: string,
): ComponentGuess<C> | null {
  let best: ComponentGuess<C> | null = null
  let bestScore = 0
  let isTie = false
  for (const component of components) {
    let score = 0
    const keywords: string[] = []
    component.patterns.forEach((pattern, index) => {
      const points = pattern.test(strong) ? 3 : pattern.test(weak) ? 1 : 0
      if (points > 0) keywords.push(component.keywords[index]!)
      score += points
    })
    if (score === 0 || score < bestScore) continue
    isTie = score === bestScore
    best = { component, keywords }
    bestScore = score
  }
  return isTie ? null : best
}
