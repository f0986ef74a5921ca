import { lifeOf } from '../clock/plan.ts'
import type { Instant } from '../units.ts'
import { CRITERIA, type Criterion } from './criteria.ts'
import { type Escalation, presentPlan } from './state.ts'
import { writeInstant } from './write-instant.ts'

/** What is known besides what is in the record: what a person says of the customer. */
export type Known = { customerConfirmed?: boolean | null; rootCause?: string; fix?: string; isMonitored?: boolean }

/** One thing that should hold before an escalation goes back. */
export type Advised = {
  criterion: Criterion
  holds: boolean
  /** Whether the policy asks for it in this tier. */
  isRequired: boolean
  /** What there is, or what to do, as a sentence. */
  detail: string
}

export type Advice = {
  recommendation: 'de-escalate' | 'wait'
  criteria: Advised[]
  /** Those the policy asks for that do not hold. */
  missing: Criterion[]
}

/**
 * Whether an escalation can go back to whom it came from: what the policy asks for in this tier, what of it is there and
 * what is missing. It proposes; a person decides.
 */
export function adviseDeescalation(escalation: Escalation, now: Instant, known: Known = {}): Advice {
  const required = lifeOf(presentPlan(escalation)).criteria
  const criteria = CRITERIA.map((criterion): Advised => {
    const { holds, detail } = LOOK_AT[criterion](escalation, now, known)
    return { criterion, holds, isRequired: required.includes(criterion), detail }
  })
  const missing = criteria.filter(({ isRequired, holds }) => isRequired && !holds).map(({ criterion }) => criterion)
  const isResolved = escalation.stage === 'resolved' || escalation.stage === 'monitoring'
  return { recommendation: isResolved && missing.length === 0 ? 'de-escalate' : 'wait', criteria, missing }
}

type Look = (escalation: Escalation, now: Instant, known: Known) => Pick<Advised, 'holds' | 'detail'>

const LOOK_AT: Readonly<Record<Criterion, Look>> = {
  root_cause: ({ resolution }, _, { rootCause }) => {
    const cause = rootCause || resolution?.rootCause
    return cause
      ? { holds: true, detail: `Root cause: ${cause}` }
      : { holds: false, detail: 'The root cause is not known. Resolve the escalation with it.' }
  },
  fix_applied: ({ resolution }, _, { fix }) => {
    const applied = fix || resolution?.fix
    return applied
      ? { holds: true, detail: `Fix: ${applied}` }
      : { holds: false, detail: 'No fix was applied. Resolve the escalation with it.' }
  },
  customer_confirmed: ({ ending }, _, { customerConfirmed }) => {
    const isConfirmed = customerConfirmed ?? ending?.customerConfirmed ?? null
    if (isConfirmed === true) return { holds: true, detail: 'The customer has confirmed it.' }
    return isConfirmed === false
      ? { holds: false, detail: 'The customer has not confirmed it. Wait for their word.' }
      : { holds: false, detail: 'Nobody has said whether the customer confirms it. Ask them.' }
  },
  monitoring_complete: ({ resolution, monitoringUntil }, now, { isMonitored }) => {
    if (isMonitored) return { holds: true, detail: 'It was watched long enough.' }
    if (!resolution) return { holds: false, detail: 'It is not resolved yet, so nothing was watched.' }
    if (monitoringUntil === null) return { holds: true, detail: 'The policy does not ask to watch the fix.' }
    return now >= monitoringUntil
      ? { holds: true, detail: `The fix was watched until ${writeInstant(monitoringUntil)}.` }
      : { holds: false, detail: `The fix is watched until ${writeInstant(monitoringUntil)}.` }
  },
}
