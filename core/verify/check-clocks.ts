import { budgetMs, type CalendarOf, foldClock } from '../clock/sla.ts'
import { type ClockState, scheduleOf, targetOf } from '../clock/sla-state.ts'
import { clocksOf, type TicketClock } from '../escalation/clocks.ts'
import type { TicketState } from '../escalation/state.ts'
import { type Instant, MINUTE_MS } from '../units.ts'

/** Why the record may know of a clock what the ticket does not say. The words are stable. */
export type RecordReason =
  /** A version of the policy was applied to open escalations, or is not the one of then. */
  | 'policy'
  /** An issue tracker told of it, and that stands in no update of the ticket. */
  | 'tracker'
  /** A timer raised it, and the update that told so is not in the ticket. */
  | 'timer'

/** What a clock comes to. */
export type ClockFigures = {
  startedAt: Instant | null
  phase: ClockState['phase']
  targetMs: number
  policyVersion: string | null
  schedule: string | null
  countedMs: number
  /** The breach, or when it comes if nothing changes. */
  usedUpAt: Instant | null
  isBreached: boolean
}

export type FigureDifference = { figure: keyof ClockFigures; reason: RecordReason | null }

/** A clock as the record has it and as it comes out of the ticket's updates, read again; null on a side that lacks it. */
export type ClockCheck = Pick<TicketClock, 'id' | 'name' | 'tier'> & {
  recorded: ClockFigures | null
  reread: ClockFigures | null
  differences: FigureDifference[]
}

/** Holds every clock of a ticket beside the same clock reckoned from the ticket's updates. Instants may differ by less than a minute. */
export function checkClocks(
  recorded: TicketState,
  reread: TicketState,
  calendarOf: CalendarOf,
  asOf: Instant,
): ClockCheck[] {
  const [ours, theirs] = [recorded, reread].map((state) => figuresOf(state, calendarOf, asOf))
  const ids = new Set([...ours!.keys(), ...theirs!.keys()])
  return [...ids].map((id) => {
    const [one, other] = [ours!.get(id), theirs!.get(id)]
    const { name, tier } = (one ?? other)!.clock
    const figures = { recorded: one?.figures ?? null, reread: other?.figures ?? null }
    const why = () => reasonFor((one ?? other)!.clock, recorded, reread)
    return { id, name, tier, ...figures, differences: differencesOf(figures, why) }
  })
}

type Figured = { clock: TicketClock; figures: ClockFigures }

function figuresOf(state: TicketState, calendarOf: CalendarOf, asOf: Instant): Map<string, Figured> {
  const found = clocksOf(state).flatMap((clock): [string, Figured][] => {
    const folded = foldClock(clock.events, calendarOf, asOf)
    const target = targetOf(folded)
    if (!target) return []
    const figures = {
      ...{ startedAt: folded.startedAt, phase: folded.phase, targetMs: budgetMs(target) },
      ...{ policyVersion: target.policyVersion, schedule: scheduleOf(folded), countedMs: folded.elapsedMs },
      ...{ usedUpAt: folded.breachedAt ?? folded.deadline, isBreached: folded.breachedAt !== null },
    }
    return [[clock.id, { clock, figures }]]
  })
  return new Map(found)
}

function differencesOf(
  { recorded, reread }: Pick<ClockCheck, 'recorded' | 'reread'>,
  why: () => RecordReason | null,
): FigureDifference[] {
  if (!recorded || !reread) return [{ figure: 'startedAt', reason: why() }]
  const names = Object.keys(recorded) as (keyof ClockFigures)[]
  return names
    .filter((figure) => !isClose(recorded[figure], reread[figure]))
    .map((figure) => ({ figure, reason: figure === 'policyVersion' ? 'policy' : why() }))
}

function isClose(a: ClockFigures[keyof ClockFigures], b: ClockFigures[keyof ClockFigures]): boolean {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < MINUTE_MS : a === b
}

/** What sets the two records apart, of what moves this clock. */
function reasonFor({ escalationId }: TicketClock, recorded: TicketState, reread: TicketState): RecordReason | null {
  for (const one of recorded.escalations) {
    if (escalationId !== null && one.id !== escalationId) continue
    const other = reread.escalations.find(({ id }) => id === one.id)
    if (!other) continue
    if (one.issues.some(({ told }) => told !== null) && one.fix?.at !== other.fix?.at) return 'tracker'
    if (one.handOvers.some(({ raisedFor }) => raisedFor) && one.handOvers.length > other.handOvers.length)
      return 'timer'
    const plans = (escalation: typeof one) =>
      escalation.handOvers.map((handOver) => handOver.plans.map(({ plan }) => plan.policyVersion).join()).join(';')
    if (plans(one) !== plans(other)) return 'policy'
  }
  return null
}
