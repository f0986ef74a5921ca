import type { Classifier } from './classify.ts'
import type { Found } from './index.ts'

/** What is suggested for, from how it was with past escalations. */
export const SUGGESTED_FIELDS = ['component', 'severity', 'tier'] as const
export type SuggestedField = (typeof SUGGESTED_FIELDS)[number]

/** A value that past escalations speak for. Never applied by itself. */
export type Suggestion = {
  field: SuggestedField
  value: string
  /** From 0 to 1. */
  confidence: number
  isSure: boolean
  /** Of the past escalations most like it, those that have the value, the most similar first. */
  agreeing: string[]
  looked: number
}

/** A past escalation that was found, with what it had in a field; null where it said nothing. */
export type Neighbour = Found & { value: string | null }

/** Probabilities from here on are said as sure: nineteen of twenty are right (`docs/similar.md`). */
export const SURE_FROM = 0.7
/** How many past escalations are asked, and how like they must be to have a say. */
export const NEIGHBOURS = 8
const ALIKE_FROM = 0.15
/** Where there is no classifier yet, so many must have a say. */
const FEWEST_VOTES = 4
/** A classifier that no past escalation bears out is not believed. */
const FEWEST_AGREEING = 2

/**
 * What to suggest for a field: what the classifier says, borne out by the escalations most like this one; without one,
 * what most of those say. Null where nobody has anything to say.
 *
 * @param neighbours the most similar first
 */
export function suggest(
  field: SuggestedField,
  neighbours: readonly Neighbour[],
  classified: ReturnType<Classifier['classify']> | null,
): Suggestion | null {
  const asked = neighbours.filter(({ score, value }) => value !== null && score >= ALIKE_FROM).slice(0, NEIGHBOURS)
  const voted = mostVoted(asked)
  const said = classified?.[0] ?? null
  const value = said?.label ?? voted
  if (value === null) return null
  const agreeing = asked.filter((neighbour) => neighbour.value === value).map(({ id }) => id)
  // One more on either side: four of four are not certain.
  const share = (agreeing.length + 1) / (asked.length + 2)
  const confidence = said?.probability ?? share
  const isBorneOut = said ? agreeing.length >= FEWEST_AGREEING : asked.length >= FEWEST_VOTES
  return { field, value, confidence, isSure: confidence >= SURE_FROM && isBorneOut, agreeing, looked: asked.length }
}

function mostVoted(neighbours: readonly Neighbour[]): string | null {
  const votes = new Map<string, number>()
  for (const { value, score } of neighbours) votes.set(value!, (votes.get(value!) ?? 0) + score)
  const [first] = [...votes].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return first?.[0] ?? null
}
