import { type CalendarOf, foldClock } from '../clock/sla.ts'
import { targetOf, verdictOf } from '../clock/sla-state.ts'
import type { ClockName } from '../clock/targets.ts'
import { clocksAround } from '../escalation/clocks.ts'
import { type Escalation, isOpen, type TicketState } from '../escalation/state.ts'
import type { ReviewSettings } from '../policy/review-policy.ts'
import type { Severity } from '../severity.ts'
import { type Instant, MINUTE_MS } from '../units.ts'

/** A clock of the escalation as it ended. */
export type ClockVerdict = {
  name: ClockName
  tier: number | null
  verdict: 'met' | 'missed' | 'open'
  targetMs: number
  elapsedMs: number
}

/** What the record says about an escalation that is over; what people make of it is theirs to add. */
export type PostReview = {
  escalationId: string
  ticketId: number
  severity: Severity
  tiers: number[]
  summary: string
  account: string
  requestedAt: Instant
  endedAt: Instant
  dueAt: Instant
  /** Why it is reviewed. */
  because: 'tier' | 'major-incident'
  clocks: ClockVerdict[]
  causes: { rootCause: string; resolution: string; fix: string; couldBeLower: boolean | null } | null
  article: { answer: string; url: string; reason: string } | null
  counts: { returns: number; handOvers: number; raised: number; hadToAsk: number; helpers: number; reports: number }
}

/** What people answer. A review is done once somebody says so. */
export type PostAnswers = { wentWell: string; wentBadly: string; actions: string }
export const NO_ANSWERS: PostAnswers = { wentWell: '', wentBadly: '', actions: '' }

export type PostState = 'due' | 'overdue' | 'done'

export function postStateOf({ dueAt }: Pick<PostReview, 'dueAt'>, doneAt: Instant | null, now: Instant): PostState {
  if (doneAt !== null) return 'done'
  return now > dueAt ? 'overdue' : 'due'
}

/**
 * The reviews that the escalations of a ticket call for: each one that is over and was with a tier the policy names, or
 * was part of a major incident.
 */
export function postReviewsOf(
  state: TicketState,
  settings: ReviewSettings,
  isMajor: (escalationId: string) => boolean,
  calendarOf: CalendarOf,
): PostReview[] {
  return state.escalations
    .filter((escalation) => !isOpen(escalation) && escalation.stage !== 'rejected')
    .flatMap((escalation) => {
      const reached = escalation.handOvers.some(({ tier }) => settings.post.tiers.includes(tier))
      const major = isMajor(escalation.id)
      if (!reached && !major) return []
      return [postReview(state, escalation, settings, reached ? 'tier' : 'major-incident', calendarOf)]
    })
}

function postReview(
  state: TicketState,
  escalation: Escalation,
  { post }: ReviewSettings,
  because: PostReview['because'],
  calendarOf: CalendarOf,
): PostReview {
  const { id, decision, note, handOvers, resolution, requestedAt, stageSince: endedAt } = escalation
  return {
    ...{ escalationId: id, ticketId: state.ticketId, severity: decision.severity, requestedAt, endedAt, because },
    ...{ summary: note.issue.summary, account: note.customer_context.account },
    tiers: [...new Set(handOvers.map(({ tier }) => tier))],
    dueAt: endedAt + post.due * MINUTE_MS,
    clocks: verdictsOf(state, escalation, calendarOf),
    causes: resolution && {
      ...{ rootCause: resolution.rootCause, resolution: resolution.code, fix: resolution.fix },
      couldBeLower: resolution.couldBeLower,
    },
    article: resolution && {
      ...{ answer: resolution.article, url: resolution.articleUrl, reason: resolution.articleReason },
    },
    counts: {
      returns: escalation.returns.length,
      handOvers: handOvers.length,
      raised: handOvers.filter(({ raisedFor }) => raisedFor !== null).length,
      hadToAsk: escalation.askedAbout.length,
      helpers: escalation.helpers.length,
      reports: escalation.progress.length,
    },
  }
}

function verdictsOf(state: TicketState, escalation: Escalation, calendarOf: CalendarOf): ClockVerdict[] {
  return clocksAround(state, [escalation]).flatMap((clock): ClockVerdict[] => {
    const folded = foldClock(clock.events, calendarOf, escalation.stageSince)
    const target = targetOf(folded)
    if (!target) return []
    const verdict = verdictOf(folded)
    return [
      {
        ...{ name: clock.name, tier: clock.tier, elapsedMs: folded.elapsedMs, targetMs: target.minutes * MINUTE_MS },
        verdict: verdict === 'breached' ? 'missed' : (verdict ?? 'open'),
      },
    ]
  })
}
