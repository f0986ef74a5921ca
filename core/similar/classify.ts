import { phrasesOf } from './terms.ts'

export type Example = { text: string; label: string }

export type Classifier = {
  /** Every label it knows with its probability, the likeliest first. */
  classify(text: string): { label: string; probability: number }[]
}

const EPOCHS = 8
const RATE = 4
/** Words and pairs that were seen once teach nothing that holds. */
const SEEN_AT_LEAST = 2
/** Of a long text, what it begins with. */
const MOST_PHRASES = 200
/** How many examples are learnt from between two pauses: a few milliseconds. */
const AT_ONCE = 50

/**
 * Learns labels from examples: softmax regression over TF-IDF of words and pairs. The same examples always give the same
 * classifier. It pauses often, so that whoever drives it can do other things in between.
 *
 * @param examples in an order that does not depend on chance
 */
export function* learnToClassify(examples: readonly Example[]): Generator<void, Classifier> {
  const labels = [...new Set(examples.map(({ label }) => label))].sort()
  const vocabulary = yield* vocabularyOf(examples)
  const size = labels.length
  const weights = new Float32Array(vocabulary.size * size)
  const bias = new Float32Array(size)

  const numbers = new Map(labels.map((label, number) => [label, number]))
  const lessons: { features: Feature[]; right: number }[] = []
  for (const [at, { text, label }] of examples.entries()) {
    if (at % AT_ONCE === 0) yield
    lessons.push({ features: featuresOf(text, vocabulary), right: numbers.get(label)! })
  }
  const random = seeded(7)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(lessons, random)
    const rate = RATE / (1 + epoch / 2)
    for (const [at, { features, right }] of lessons.entries()) {
      if (at % AT_ONCE === 0) yield
      const errors = probabilities(features)
      errors[right]! -= 1
      for (const { term, value } of features) {
        const first = term * size
        for (let label = 0; label < size; label++) weights[first + label]! -= rate * value * errors[label]!
      }
      for (let label = 0; label < size; label++) bias[label]! -= (rate / 100) * errors[label]!
    }
  }

  return {
    classify: (text) => {
      const found = probabilities(featuresOf(text, vocabulary))
      return labels
        .map((label, at) => ({ label, probability: found[at]! }))
        .sort((a, b) => b.probability - a.probability)
    },
  }

  function probabilities(features: readonly Feature[]): Float64Array {
    const scores = Float64Array.from(bias)
    for (const { term, value } of features) {
      const first = term * size
      for (let label = 0; label < size; label++) scores[label]! += value * weights[first + label]!
    }
    const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    let sum = 0
    for (let label = 0; label < size; label++) {
      scores[label] = Math.exp(scores[label]! - most)
      sum += scores[label]!
    }
    return scores.map((score) => score / sum)
  }
}

/** Learns without a pause. */
export function classifierOf(examples: readonly Example[]): Classifier {
  const learning = learnToClassify(examples)
  for (;;) {
    const step = learning.next()
    if (step.done) return step.value
  }
}

type Feature = { term: number; value: number }
type Vocabulary = Map<string, { term: number; rarity: number }>

function* vocabularyOf(examples: readonly Example[]): Generator<void, Vocabulary> {
  const seen = new Map<string, number>()
  for (const [at, { text }] of examples.entries()) {
    if (at % AT_ONCE === 0) yield
    for (const phrase of new Set(someOf(text))) seen.set(phrase, (seen.get(phrase) ?? 0) + 1)
  }
  const vocabulary: Vocabulary = new Map()
  for (const [phrase, times] of seen) {
    if (times < SEEN_AT_LEAST) continue
    vocabulary.set(phrase, {
      term: vocabulary.size,
      rarity: Math.sqrt(Math.log((examples.length + 1) / (times + 0.5))),
    })
  }
  return vocabulary
}

/** Of length one, so that long texts teach no more than short ones. */
function featuresOf(text: string, vocabulary: Vocabulary): Feature[] {
  const counts = new Map<string, number>()
  for (const phrase of someOf(text)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
  const features = [...counts].flatMap(([phrase, count]): Feature[] => {
    const known = vocabulary.get(phrase)
    return known ? [{ term: known.term, value: (1 + Math.log(count)) * known.rarity }] : []
  })
  const length = Math.sqrt(features.reduce((sum, { value }) => sum + value * value, 0)) || 1
  return features.map(({ term, value }) => ({ term, value: value / length }))
}

function someOf(text: string): string[] {
  const phrases = phrasesOf(text)
  return phrases.length <= MOST_PHRASES ? phrases : phrasesOf(text.slice(0, MOST_PHRASES * 6)).slice(0, MOST_PHRASES)
}

/** Numbers from 0 to 1 that look like chance and are the same every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[list[at], list[other]] = [list[other]!, list[at]!]
  }
}
