import type { Component } from '../policy/policy.ts'

export type ComponentGuess = { component: Component; keywords: string[] }

/**
 * The component whose keywords the texts speak of most, with the words that told; null when none does. A keyword in
 * `strong` counts three times as much as one in `weak`; the component that comes first in the policy wins a tie.
 *
 * @param strong what a person wrote to say what is wrong: subject, summary, symptoms
 * @param weak everything else, such as the first message
 */
export function guessComponent(components: readonly Component[], strong: string, weak: string): ComponentGuess | null {
  let best: ComponentGuess | null = null
  let bestScore = 0
  for (const component of components) {
    let score = 0
    const keywords: string[] = []
    component.patterns.forEach((pattern, index) => {
      const points = pattern.test(strong) ? 3 : pattern.test(weak) ? 1 : 0
      if (points > 0) keywords.push(component.keywords[index]!)
      score += points
    })
    if (score > bestScore) {
      best = { component, keywords }
      bestScore = score
    }
  }
  return best
}
