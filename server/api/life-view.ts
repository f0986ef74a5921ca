import type { CalendarOf } from '../../core/clock/sla.ts'
import type { LifeView } from '../../core/contract/life.ts'
import { adviseDeescalation } from '../../core/escalation/advisor.ts'
import { bouncesIn, THIRD } from '../../core/escalation/bounces.ts'
import { promiseOf, silenceSinceOf } from '../../core/escalation/promises.ts'
import { type Escalation, isOpen, type TicketState } from '../../core/escalation/state.ts'
import { isResting } from '../../core/escalation/timers.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { mayOf } from './may.ts'
import { onCallOf } from './on-call-view.ts'
import type { ViewerReading } from './viewers.ts'

export type LifeViewMeans = {
  /** The one the escalation goes by. */
  policy: Policy
  /** The one in force, which knows who is on call. */
  current: Policy
  calendarOf: CalendarOf
  viewer: ViewerReading
  now: Instant
}

const MOST_TAKEN = 50

/** What people said and did in an escalation, as the sidebar shows it to whoever looks. */
export function lifeViewOf(state: TicketState, escalation: Escalation, means: LifeViewMeans): LifeView {
  const { policy, current, viewer, now } = means
  const { owner, helpers, progress, estimate, release, issues, fix, approval, askedAbout, handOvers } = escalation
  const bounces = bouncesIn(handOvers).length
  return {
    owner,
    helpers,
    may: mayOf(escalation, viewer, policy),
    progress: progress.map((one) => ({ ...one, at: isoOf(one.at), estimate: isoOf(one.estimate) })),
    estimate: isoOf(estimate),
    release: release && { ...release, at: isoOf(release.at), date: isoOf(release.date) },
    issues: issues.map(({ key, url, title, told }) => ({
      ...{ key, url, title },
      state: told?.state ?? null,
      changedAt: isoOf(told?.at ?? null),
    })),
    fix: fix && { ...fix, at: isoOf(fix.at) },
    returned: returnedOf(escalation),
    resolution: escalation.resolution && { ...escalation.resolution, at: isoOf(escalation.resolution.at) },
    approval: approval && {
      ...{ title: approval.title, of: approval.of, state: approval.state },
      ...{ at: isoOf(approval.at), by: approval.by, comment: approval.comment },
    },
    advice: adviceOf(escalation, now),
    promise: promiseViewOf(state, escalation, means),
    monitoringUntil: isoOf(escalation.monitoringUntil),
    onCall: isOpen(escalation) ? onCallOf(current, escalation.decision.queue, now) : null,
    proposal: isOpen(escalation) && handOvers.length >= THIRD ? 'swarm-or-lead' : null,
    askedAbout: [...new Set(askedAbout.flatMap(({ sections }) => sections))],
    bounces,
    queues: policy.queues.map(({ id, name, tier }) => ({ id, name, tier })),
    taken: state.commands.slice(-MOST_TAKEN),
  }
}

function returnedOf({ stage, returns }: Escalation): LifeView['returned'] {
  const last = stage === 'returned' ? returns.at(-1) : undefined
  if (!last) return null
  const { at, person, reason, missing, explanation } = last
  return { at: isoOf(at), by: person, reason, missing, explanation }
}

function adviceOf(escalation: Escalation, now: Instant): LifeView['advice'] {
  if (escalation.stage !== 'resolved' && escalation.stage !== 'monitoring') return null
  const { recommendation, criteria } = adviseDeescalation(escalation, now)
  const asked = criteria.filter(({ isRequired }) => isRequired)
  const those = (isThere: boolean) =>
    asked.filter(({ holds }) => holds === isThere).map(({ criterion, detail }) => ({ criterion, detail }))
  return { action: recommendation, present: those(true), missing: those(false) }
}

function promiseViewOf(state: TicketState, escalation: Escalation, { calendarOf, now }: LifeViewMeans) {
  if (!isOpen(escalation) || isResting(state, escalation, now)) return null
  const promise = promiseOf(state, escalation, calendarOf, now)
  return {
    nextUpdateDue: isoOf(promise?.due ?? null),
    isOverdue: promise !== null && promise.due <= now,
    silentSince: isoOf(silenceSinceOf(state, escalation)),
  }
}

function isoOf(at: Instant): string
function isoOf(at: Instant | null): string | null
function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
