import type { Due } from './countdowns.ts'
import { type Escalation, presentHandOver, presentPlan } from './state.ts'

/** The steps of the queue that were not told yet. Once somebody has accepted there is nobody left to tell. */
export function onCallDues(open: Escalation, told: readonly string[]): Due[] {
  if (open.stage !== 'requested') return []
  const { queue } = presentHandOver(open)
  const index = open.handOvers.length - 1
  return presentPlan(open).onCall.flatMap((outcome): Due[] => {
    const id = `${open.id}/${index}/on-call/${outcome.step}`
    return told.includes(id) ? [] : [{ id, at: outcome.at, counted: null, what: 'on-call', queue, outcome }]
  })
}
