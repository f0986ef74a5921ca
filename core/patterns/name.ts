import { wordsOf } from '../similar/terms.ts'
import type { PatternCase } from './pattern-case.ts'

const MOST_WORDS = 5
/** More of a large group would name it no better. */
const MOST_TEXTS = 200
/** Some milliseconds of work. */
const AT_ONCE = 50
const WRITTEN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu

/** How often each word is in cases at all, by which what is typical of some of them is told. */
export type Commonness = { cases: number; in: ReadonlyMap<string, number> }

export function* commonnessIn(cases: readonly PatternCase[]): Generator<void, Commonness> {
  const found = new Map<string, number>()
  for (const [index, one] of cases.entries()) {
    for (const word of new Set(wordsOf(textOf(one)))) found.set(word, (found.get(word) ?? 0) + 1)
    if (index % AT_ONCE === 0) yield
  }
  return { cases: cases.length, in: found }
}

/**
 * The words that most of these cases have and few others do, as they are written most often, in the order in which they
 * stand in the text that has most of them.
 */
export function nameOf(cases: readonly PatternCase[], common: Commonness): string {
  const some = cases.slice(-MOST_TEXTS)
  const texts = some.map(textOf)
  const within = new Map<string, number>()
  const forms = new Map<string, Map<string, number>>()
  for (const text of texts) {
    const seen = new Set<string>()
    for (const [written] of text.matchAll(WRITTEN)) {
      const words = wordsOf(written)
      if (words.length !== 1) continue
      seen.add(words[0]!)
      count(forms, words[0]!, written)
    }
    for (const word of seen) within.set(word, (within.get(word) ?? 0) + 1)
  }
  const score = (word: string) =>
    (within.get(word)! / some.length) * Math.log(1 + common.cases / (common.in.get(word) ?? 1))
  const typical = [...within.keys()].toSorted((a, b) => score(b) - score(a) || (a < b ? -1 : 1)).slice(0, MOST_WORDS)
  const [example = ''] = texts.toSorted((a, b) => holding(b, typical) - holding(a, typical))
  const places = new Map(
    wordsOf(example)
      .map((word, at): [string, number] => [word, at])
      .reverse(),
  )
  const placed = typical.toSorted((a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity) || 0)
  return placed.map((word) => usualForm(forms.get(word)!)).join(' ') || 'without words'
}

function textOf({ rootCause, summary }: PatternCase): string {
  return `${rootCause}\n${summary}`
}

function holding(text: string, words: readonly string[]): number {
  const there = new Set(wordsOf(text))
  return words.filter((word) => there.has(word)).length
}

function count(forms: Map<string, Map<string, number>>, word: string, written: string): void {
  const known = forms.get(word) ?? new Map<string, number>()
  forms.set(word, known.set(written, (known.get(written) ?? 0) + 1))
}

/** Of forms as frequent as each other, the one in small letters. */
function usualForm(forms: ReadonlyMap<string, number>): string {
  const [[form]] = [...forms].toSorted(([a, m], [b, n]) => n - m || (a > b ? -1 : 1)) as [[string, number]]
  return form
}
