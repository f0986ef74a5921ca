import { keepBest } from './best.ts'
import { addPosting, newPostings, type Postings, removePosting } from './postings.ts'
import type { Terms } from './weigh.ts'

/** One that was found. `score` is the cosine of the two, from 0 to 1. */
export type Found = { id: string; score: number }

export type SearchOptions = {
  limit: number
  /** Left out of the answer. */
  except?: (id: string) => boolean
}

export type SimilarIndex = {
  /** Adds a document, or replaces the one of that id. */
  add(id: string, terms: Terms): void
  remove(id: string): void
  has(id: string): boolean
  size(): number
  /** The most similar first; those that score the same, by id. */
  search(terms: Terms, options: SearchOptions): Found[]
  /** Those like one that is in it, without itself. */
  similarTo(id: string, options: SearchOptions): Found[]
  /** About how many bytes it takes. */
  bytes(): number
}

/** A document: its terms, ascending, and what they weigh. */
type Document = { id: string; terms: Uint32Array; weights: Uint8Array }

/** Weights are kept as whole 32nds, of which a byte holds up to the logarithm of a thousand occurrences. */
const STEPS = 32
/** The terms of a question that are looked up: those that tell most. */
const MOST_ASKED = 40
/** A term in more documents than this share finds nothing by itself; it still counts in the final score. */
const TOO_COMMON = 0.25
const FEW = 1000
/** As if there were so many more that have none of the words: in a handful of them, no word is rare or common yet. */
const OTHERS = 20
/** How many of the documents that look likely are scored exactly. */
const CANDIDATES = 100

/**
 * Documents by their terms: TF-IDF with logarithmic frequencies, compared by cosine. Documents come and go one by one, and
 * the answers depend only on which are there: what is kept of a document does not depend on the others, so a term's rarity
 * is that of the moment of asking. That is why it asks twice: the likely ones by lengths without rarity, then those exactly.
 */
export function createSimilarIndex(): SimilarIndex {
  const termIds = new Map<string, number>()
  const postings: Postings[] = []
  const freeTerms: number[] = []
  const names: (string | null)[] = []
  const slotOf = new Map<string, number>()
  const documents: (Document | null)[] = []
  const freeSlots: number[] = []
  /** By slot, apart from the documents: all of them are gone through for a common word. */
  let norms = new Float64Array(1024)
  let sums = new Float64Array(1024)

  return { add, remove, has: (id) => slotOf.has(id), size: () => slotOf.size, search, similarTo, bytes }

  function add(id: string, terms: Terms): void {
    remove(id)
    const slot = freeSlots.pop() ?? documents.length
    const weighed = [...terms].map(([term, count]) => [termIdOf(term), weightOf(count)] as const)
    weighed.sort(([a], [b]) => a - b)
    for (const [term, weight] of weighed) addPosting(postings[term]!, slot, weight)
    documents[slot] = {
      id,
      terms: Uint32Array.from(weighed, ([term]) => term),
      weights: Uint8Array.from(weighed, ([, weight]) => weight),
    }
    slotOf.set(id, slot)
    if (slot >= sums.length) makeRoom(slot * 2)
    norms[slot] = Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1
  }

  function remove(id: string): void {
    const slot = slotOf.get(id)
    if (slot === undefined) return
    for (const term of documents[slot]!.terms) {
      removePosting(postings[term]!, slot)
      if (postings[term]!.size === 0) forgetTerm(term)
    }
    documents[slot] = null
    freeSlots.push(slot)
    slotOf.delete(id)
  }

  function search(terms: Terms, options: SearchOptions): Found[] {
    const asked = [...terms].map(([name, count]) => askedOf(name, termIds.get(name), weightOf(count)))
    return found(asked, options)
  }

  function similarTo(id: string, { limit, except = () => false }: SearchOptions): Found[] {
    const slot = slotOf.get(id)
    if (slot === undefined) return []
    const { terms, weights } = documents[slot]!
    const asked = Array.from(terms, (termId, at) => askedOf(names[termId]!, termId, weights[at]!))
    return found(asked, { limit, except: (other) => other === id || except(other) })
  }

  function askedOf(name: string, termId: number | undefined, steps: number): Asked {
    const rarity = rarityOf(termId)
    return { termId, name, weight: (steps / STEPS) * rarity, rarity }
  }

  function found(asked: Asked[], { limit, except = () => false }: SearchOptions): Found[] {
    const norm = Math.sqrt(total(asked.map(({ weight }) => weight * weight)))
    const known = asked.filter((one): one is Known => one.termId !== undefined)
    // Sums of fractions depend on their order, which must not be that in which documents came.
    known.sort((a, b) => b.weight * b.rarity - a.weight * a.rarity || (a.name < b.name ? -1 : 1))
    const byTerm = new Map(known.map(({ termId, weight }) => [termId, weight]))
    const best = keepBest<Found>(limit)
    for (const { id, slot } of likely(known, Math.max(CANDIDATES, limit), except)) {
      const score = exactScore(documents[slot]!, byTerm) / norm
      if (best.wants(score)) best.add({ id, score })
    }
    return best.kept
  }

  function likely(asked: readonly Known[], limit: number, except: (id: string) => boolean) {
    const touched: number[] = []
    const mostOften = Math.max(FEW, slotOf.size * TOO_COMMON)
    for (const { termId, weight, rarity } of asked.slice(0, MOST_ASKED)) {
      const { slots, weights, size } = postings[termId]!
      if (size > mostOften) continue
      const factor = weight * rarity
      for (let at = 0; at < size; at++) {
        const slot = slots[at]!
        if (sums[slot] === 0) touched.push(slot)
        sums[slot]! += factor * weights[at]!
      }
    }
    const best = keepBest<Found & { slot: number }>(limit)
    for (const slot of touched) {
      const score = sums[slot]! / norms[slot]!
      sums[slot] = 0
      if (!best.wants(score)) continue
      const { id } = documents[slot]!
      if (!except(id)) best.add({ id, slot, score })
    }
    return best.kept
  }

  function exactScore({ terms, weights }: Document, asked: ReadonlyMap<number, number>): number {
    const parts: number[] = []
    const squares: number[] = []
    for (let at = 0; at < terms.length; at++) {
      const weight = (weights[at]! / STEPS) * rarityOf(terms[at]!)
      squares.push(weight * weight)
      const other = asked.get(terms[at]!)
      if (other !== undefined) parts.push(weight * other)
    }
    const square = total(squares)
    return square === 0 ? 0 : total(parts) / Math.sqrt(square)
  }

  /** Terms that are in fewer documents tell more. */
  function rarityOf(termId: number | undefined): number {
    const documentsWithIt = termId === undefined ? 0 : postings[termId]!.size
    return Math.log((slotOf.size + OTHERS) / (documentsWithIt + 0.5))
  }

  function termIdOf(term: string): number {
    const known = termIds.get(term)
    if (known !== undefined) return known
    const termId = freeTerms.pop() ?? postings.length
    postings[termId] = newPostings()
    names[termId] = term
    termIds.set(term, termId)
    return termId
  }

  function makeRoom(slots: number): void {
    sums = new Float64Array(slots)
    const before = norms
    norms = new Float64Array(slots)
    norms.set(before)
  }

  function forgetTerm(termId: number): void {
    termIds.delete(names[termId]!)
    names[termId] = null
    freeTerms.push(termId)
  }

  function bytes(): number {
    const ofPostings = postings.reduce((sum, { slots }) => sum + slots.length * 5 + 200, 0)
    const ofDocuments = documents.reduce((sum, one) => sum + (one ? one.terms.length * 5 + 300 : 8), 0)
    return ofPostings + ofDocuments + termIds.size * 100 + norms.length * 16
  }
}

type Asked = { termId: number | undefined; name: string; weight: number; rarity: number }
type Known = Asked & { termId: number }

function weightOf(count: number): number {
  return Math.min(255, Math.round((1 + Math.log(count)) * STEPS))
}

/** The same whatever order the numbers are in, to the last bit. */
function total(numbers: number[]): number {
  return numbers.sort((a, b) => a - b).reduce((sum, number) => sum + number, 0)
}
