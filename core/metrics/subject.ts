import type { CalendarOf } from '../clock/sla.ts'
import type { Escalation, TicketState } from '../escalation/state.ts'
import type { CustomerTier } from '../policy/policy.ts'
import { type Instant, SECOND_MS } from '../units.ts'
import type { MeasureCase, Origin, Places } from './case.ts'
import { type Chapter, chapterAt, chaptersOf } from './chapters.ts'
import { type Ending, endingOf } from './endings.ts'

/** What the record says of an escalation and its state does not hold any more. */
export type Recorded = {
  escalationId: string
  at: Instant
} & (
  | { kind: 'requested'; score: number }
  /** `owner`: the name of whoever has it, where somebody else said so. */
  | { kind: 'accepted'; by: number | null; owner: string | null }
)

export type Measuring = {
  calendarOf: CalendarOf
  customerTiers: readonly CustomerTier[]
  recorded: readonly Recorded[]
  now: Instant
}

/** One escalation with what its cases are taken from. */
export type Subject = {
  state: TicketState
  escalation: Escalation
  chapters: Chapter[]
  ending: Ending
  recorded: readonly Recorded[]
  setting: Measuring
}

export function subjectOf(state: TicketState, escalation: Escalation, setting: Measuring): Subject {
  return {
    state,
    escalation,
    chapters: chaptersOf(escalation),
    ending: endingOf(state, escalation),
    recorded: setting.recorded.filter(({ escalationId }) => escalationId === escalation.id),
    setting,
  }
}

/** What held at an instant. `agent` is who asked, unless a measure is about somebody else. */
export function placesAt({ escalation, chapters, setting }: Subject, at: Instant): Places {
  const { decision, note, requestedBy } = escalation
  const chapter = chapters.length > 0 ? chapterAt(chapters, at) : null
  const plans = chapter?.handOver.plans ?? []
  const plan = (plans.findLast((one) => one.at <= at) ?? plans[0])?.plan
  return {
    tier: chapter?.handOver.tier ?? decision.tier,
    queue: chapter?.handOver.queue ?? decision.queue,
    component: note.triage.component || null,
    category: note.triage.category || null,
    segment: plan?.customerTier ?? segmentOf(note.customer_context.tier, setting.customerTiers),
    severity: plan?.severity ?? decision.severity,
    agent: requestedBy.id > 0 ? requestedBy.id : null,
    reason: decision.reasons[0] ?? null,
    origin: originOf(escalation),
  }
}

/** The customer's tier by the policy's id of it; as the note writes it where the policy has none of that name. */
function segmentOf(written: string, tiers: readonly CustomerTier[]): string | null {
  const word = written.trim().toLowerCase()
  const isNamed = ({ id, name, aliases }: CustomerTier) =>
    [id, name, ...aliases].some((one) => one.toLowerCase() === word)
  return tiers.find(isNamed)?.id ?? (word || null)
}

function originOf({ registeredBy, requestedBy }: Escalation): Origin {
  if (registeredBy === 'note') return 'manual'
  return requestedBy.id > 0 ? 'move' : 'automatic'
}

/** Whoever accepted it in a chapter; null where nobody did or the record does not tell their id. */
export function ownerIn({ escalation, recorded }: Subject, { first, next }: Chapter): number | null {
  const accepted = first('accepted')
  if (accepted === null) return null
  if (next === null && escalation.owner) return escalation.owner.id
  const told = recorded.find((one) => one.kind === 'accepted' && one.at === accepted.at)
  return told?.kind === 'accepted' && told.owner === null ? told.by : null
}

type Counted = Pick<MeasureCase, 'measure' | 'at' | 'outcome' | 'note'> &
  Partial<Pick<MeasureCase, 'amount' | 'part'>> & { places?: Partial<Places> }

/** A case of an escalation, with what held at its event. */
export function caseOf(subject: Subject, { places = {}, part = 0, amount = null, ...counted }: Counted): MeasureCase {
  const { escalation, state } = subject
  return {
    ...counted,
    ...{ escalationId: escalation.id, ticketId: state.ticketId, part, amount },
    ...{ ...placesAt(subject, counted.at), ...places },
  }
}

export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / SECOND_MS))
}
