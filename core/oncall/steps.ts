import { type Instant, MINUTE_MS, type Minutes } from '../units.ts'
import type { Email, Schedule, Source } from './schedule.ts'
import { whoIsOnCall } from './who.ts'

/** One step of telling people: whom, and how long to wait for somebody to accept before the next step. */
export type Step = { tell: readonly StepTarget[]; wait: Minutes }

/** Whoever is on call in a schedule, by its id, or one person. */
export type StepTarget = { schedule: string } | { person: Email }

/** Somebody to tell, with the schedule that names them and until when it does. */
export type Told = { person: Email } & (
  | { schedule: string; source: Source; until: Instant | null }
  | { schedule: null }
)

/**
 * What comes of a step. `nobody-notified`: it reached nobody, is skipped at once and its wait is not waited.
 * `uncovered` are the schedules of the step in which nobody is on call.
 */
export type StepOutcome = {
  event: 'notified' | 'nobody-notified'
  /** From 0. */
  step: number
  at: Instant
  told: readonly Told[]
  uncovered: readonly string[]
}

/**
 * What the steps do when the first is due at `t` and nobody accepts. People are those on call when a step is due, so
 * a step after a hand-over tells whoever took over. Somebody whom a step names twice is told once.
 */
export function resolveSteps(steps: readonly Step[], schedules: readonly Schedule[], t: Instant): StepOutcome[] {
  let at = t
  return steps.map(({ tell, wait }, step) => {
    const told = new Map<Email, Told>()
    const uncovered: string[] = []
    for (const target of tell) {
      const found = 'person' in target ? { person: target.person, schedule: null } : onCallIn(target.schedule, at)
      if (!found) uncovered.push((target as { schedule: string }).schedule)
      else if (!told.has(found.person)) told.set(found.person, found)
    }
    const outcome: StepOutcome = {
      event: told.size > 0 ? 'notified' : 'nobody-notified',
      step,
      at,
      told: [...told.values()],
      uncovered,
    }
    if (told.size > 0) at += wait * MINUTE_MS
    return outcome
  })

  function onCallIn(id: string, when: Instant): Told | null {
    const schedule = schedules.find((candidate) => candidate.id === id)
    const onCall = schedule && whoIsOnCall(schedule, when)
    return onCall ? { person: onCall.person, schedule: id, source: onCall.source, until: onCall.until } : null
  }
}
