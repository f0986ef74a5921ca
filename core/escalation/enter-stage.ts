import type { ClockSignal } from '../clock/targets.ts'
import type { Stage } from '../contract/api.ts'
import type { Instant } from '../units.ts'
import { compareMoments } from './moments.ts'
import { type Escalation, type Moment, presentHandOver } from './state.ts'

/** One that is in the stage already has been there since it came. */
export function enterStage(escalation: Escalation, stage: Stage, at: Instant): Escalation {
  return escalation.stage === stage ? escalation : { ...escalation, stage, stageSince: at }
}

/** The first of a kind counts for the tier that has it. */
export function withSignal(escalation: Escalation, moment: Moment, signal: ClockSignal): Escalation {
  if (hasSignal(escalation, signal)) return escalation
  return { ...escalation, signals: [...escalation.signals, { ...moment, signal }] }
}

/** Whether the tier that has it now has reported so. */
export function hasSignal(escalation: Escalation, signal: ClockSignal): boolean {
  const since = presentHandOver(escalation)
  return escalation.signals.some((one) => one.signal === signal && compareMoments(one, since) >= 0)
}
