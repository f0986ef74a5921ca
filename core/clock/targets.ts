import { targetsOf } from '../decide/targets.ts'
import type { Policy, TargetMinutes } from '../policy/policy.ts'
import { tierAt } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'
import type { ClockTarget } from './clock-event.ts'

export type ClockName =
  | 'customer'
  | 'first-response'
  | 'resolution'
  | 'acknowledge'
  | 'investigate'
  | 'fix'
  | 'fix-to-customer'

/** What starts and stops clocks besides the statuses of the ticket. */
export type ClockSignal =
  | 'ticket-created'
  | 'handed-over'
  | 'accepted'
  | 'agent-replied'
  | 'cause-found'
  | 'fix-available'
  | 'customer-told'
  | 'resolved'

/** A clock as data: what it is for, and what moves it. */
export type ClockKind = {
  name: ClockName
  startsOn: ClockSignal
  stopsOn: readonly ClockSignal[]
  stopsIn: readonly string[]
  pausedIn: readonly string[]
  reopens: boolean
}

const SOLVED = ['solved', 'closed'] as const

/**
 * Every kind of clock. The customer's runs from the creation of the ticket, whoever has it; those of a tier run from the
 * hand-over to it, so that no team inherits a clock that is used up. The last four are for engineering.
 */
export const CLOCK_KINDS: Readonly<Record<ClockName, ClockKind>> = {
  customer: kind('customer', 'ticket-created', ['resolved'], { pausedIn: ['pending'], reopens: true }),
  'first-response': kind('first-response', 'handed-over', ['accepted', 'agent-replied']),
  resolution: kind('resolution', 'handed-over', ['resolved'], { pausedIn: ['pending'], reopens: true }),
  acknowledge: kind('acknowledge', 'handed-over', ['accepted']),
  investigate: kind('investigate', 'accepted', ['cause-found'], { pausedIn: ['pending'] }),
  fix: kind('fix', 'cause-found', ['fix-available']),
  // Waiting for the customer is no excuse for not telling them, and neither is a ticket that was solved without a word.
  'fix-to-customer': kind('fix-to-customer', 'fix-available', ['customer-told'], { stopsIn: [] }),
}

function kind(
  name: ClockName,
  startsOn: ClockSignal,
  stopsOn: readonly ClockSignal[],
  {
    stopsIn = SOLVED,
    pausedIn = [],
    reopens = false,
  }: Partial<Pick<ClockKind, 'stopsIn' | 'pausedIn' | 'reopens'>> = {},
): ClockKind {
  return { name, startsOn, stopsOn, stopsIn, pausedIn, reopens }
}

/** What a policy may say otherwise about a clock. */
export type ClockChoices = Partial<Pick<ClockTarget, 'warnAt' | 'pausedIn' | 'counts'>>

export const DEFAULT_WARN_AT = [75] as const

/** The target of one kind of clock. */
export function targetFor(
  kind: ClockKind,
  minutes: Minutes,
  policyVersion: string | null,
  choices: ClockChoices = {},
): ClockTarget {
  const { stopsIn, reopens } = kind
  const { warnAt = DEFAULT_WARN_AT, pausedIn = kind.pausedIn, counts = 'business' } = choices
  return { minutes, warnAt, pausedIn, stopsIn, reopens, counts, policyVersion }
}

/** The targets of a tier's two clocks for a severity and a customer; null where neither rule, variant nor tier names one. */
export function tierTargets(
  policy: Policy,
  wanted: { tier: number; severity: Severity; customerTier: string | null; byRule?: TargetMinutes },
  choices: ClockChoices = {},
): Record<'first-response' | 'resolution', ClockTarget | null> {
  const tier = tierAt(policy, wanted.tier)
  const none: TargetMinutes = { firstResponse: null, resolution: null }
  const minutes = tier ? targetsOf(tier, wanted.severity, wanted.customerTier, wanted.byRule ?? none) : none
  const of = (name: 'first-response' | 'resolution', span: Minutes | null) =>
    span === null ? null : targetFor(CLOCK_KINDS[name], span, policy.version, choices)
  return {
    'first-response': of('first-response', minutes.firstResponse),
    resolution: of('resolution', minutes.resolution),
  }
}
